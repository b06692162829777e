package io.headgate.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;

/**
 * Finds a server that runs here: the one that the jar carries, else a {@code redis-server} on the PATH.
 *
 * <p>The binary lies under the data directory, not in a temporary one: unpacked once, it is there for the next start,
 * and nothing that tidies temporary files can take it from a running gateway that must start its server again.
 */
final class Binary {
    private static final Logger LOG = LoggerFactory.getLogger(Binary.class);
    private static final Pattern VERSION = Pattern.compile("\\bv=(\\d+)\\.(\\d+)");
    private static final long ANSWER_SECONDS_MAX = 10;

    /** Where the jar's own server comes from: writes it into the directory and returns the file. */
    interface Shipped {
        File unpackInto(File dir) throws IOException;
    }

    private final Shipped shipped;
    private final String path;

    Binary(Shipped shipped, String path) {
        this.shipped = shipped;
        this.path = path;
    }

    /** The server of the embedded-redis library, and the PATH of this process. */
    static Binary ofThisMachine() {
        return new Binary(
                dir -> ExecutableProvider.newJarResourceProvider(dir).get(),
                Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /**
     * A server of version 6.2 or later that runs on this machine.
     *
     * @param dir where the jar's own is kept
     * @throws EmbeddedRedisException when there is none; it says what to install
     */
    Path find(Path dir) throws IOException {
        List<String> tried = new ArrayList<>();
        Optional<Path> own = shipped(dir, tried);
        if (own.isPresent()) {
            return own.get();
        }
        for (String place : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(place.isEmpty() ? "." : place, "redis-server");
            if (Files.isExecutable(candidate) && runs(candidate, tried)) {
                LOG.info("the jar's Redis does not run on this machine, {} is used", candidate);
                return candidate.toAbsolutePath();
            }
        }
        throw new EmbeddedRedisException("no Redis server runs on this machine (" + String.join("; ", tried)
                + "): install redis-server 6.2 or later so that it is on the PATH, or install OpenSSL 3 for the jar's"
                + " own, or point redis.uri at a server");
    }

    private Optional<Path> shipped(Path dir, List<String> tried) throws IOException {
        Files.createDirectories(dir);
        try (Stream<Path> kept = Files.list(dir)) {
            for (Path file : kept.filter(Files::isExecutable)
                    .filter(Files::isRegularFile)
                    .toList()) {
                if (runs(file, new ArrayList<>())) {
                    return Optional.of(file);
                }
            }
        }
        try {
            Path unpacked = unpack(dir);
            return runs(unpacked, tried) ? Optional.of(unpacked) : Optional.empty();
        } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
            // the library knows no binary for this system and says so in several ways
            tried.add("the jar has none for " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
            return Optional.empty();
        }
    }

    /** Unpacks aside and moves, so that a crash half-way leaves nothing that looks like a binary. */
    private Path unpack(Path dir) throws IOException {
        Path aside = Files.createTempDirectory(dir, "unpack");
        try {
            Path file = shipped.unpackInto(aside.toFile()).toPath();
            return Files.move(file, dir.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            try (Stream<Path> left = Files.list(aside)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(aside);
        }
    }

    private static boolean runs(Path file, List<String> tried) {
        Optional<String> answer = ask(file);
        if (answer.isEmpty()) {
            tried.add(file + " does not run");
            return false;
        }
        Matcher version = VERSION.matcher(answer.get());
        if (!version.find()) {
            tried.add(file + " says " + answer.get().lines().findFirst().orElse("nothing"));
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        if (major < 6 || (major == 6 && minor < 2)) {
            tried.add(file + " is version " + major + "." + minor);
            return false;
        }
        return true;
    }

    private static Optional<String> ask(Path file) {
        try {
            Process process = new ProcessBuilder(file.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
                    return Optional.empty();
                }
                String said = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8);
                return process.exitValue() == 0 ? Optional.of(said) : Optional.empty();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
