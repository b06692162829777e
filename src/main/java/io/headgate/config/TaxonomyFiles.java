package io.headgate.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The taxonomy's files, read anew at each start and each reload.
 *
 * @param dir where they lie; the default one is read from the jar where it is not there
 */
public record TaxonomyFiles(Path dir) {
    static final Path DEFAULT = Path.of("conf/taxonomy");

    private static final int FILES_MAX = 10_000;
    private static final long FILE_BYTES_MAX = 1 << 20;

    /** The files of a directory. */
    public static TaxonomyFiles in(Path dir) {
        return new TaxonomyFiles(dir);
    }

    /**
     * The content of every {@code .json} file, by its name with the ending, in the order of the names. Blocks: not for
     * an event loop.
     *
     * @throws IOException when they cannot be read, or are more than 10,000, or one is larger than 1 MiB
     */
    public Map<String, byte[]> read() throws IOException {
        if (Files.isDirectory(dir) || !dir.equals(DEFAULT)) {
            return files(dir);
        }
        URL shipped = TaxonomyFiles.class.getClassLoader().getResource("conf/taxonomy");
        if (shipped == null) {
            throw new IOException("the jar holds no taxonomy");
        }
        try {
            return shipped(shipped.toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the jar cannot be read", e);
        }
    }

    /** A resource of a jar, or of a directory of classes. */
    static Map<String, byte[]> shipped(URI resource) throws IOException {
        if (!resource.getScheme().equals("jar")) {
            return files(Path.of(resource));
        }
        String name = resource.toString();
        int inside = name.lastIndexOf("!/");
        // a file system of our own, and not the shared one of the URI, so that closing it harms nobody
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(URI.create(name.substring("jar:".length(), inside))))) {
            return files(jar.getPath(name.substring(inside + 1)));
        }
    }

    private static Map<String, byte[]> files(Path dir) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (Path file : list(dir)) {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new IOException(file + " is larger than " + FILE_BYTES_MAX + " bytes");
            }
            files.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
        return files;
    }

    private static List<Path> list(Path dir) throws IOException {
        try (Stream<Path> all = Files.list(dir)) {
            List<Path> json = all.filter(file -> file.toString().endsWith(".json"))
                    .filter(Files::isRegularFile)
                    .limit(FILES_MAX + 1L)
                    .toList();
            if (json.size() > FILES_MAX) {
                throw new IOException(dir + " holds more than " + FILES_MAX + " files");
            }
            return json;
        } catch (UncheckedIOException e) {
            throw new IOException(dir + " cannot be read", e);
        }
    }
}
