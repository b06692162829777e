package io.headgate.destination;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The directories of an archive. Holds nothing; used by the archive's worker alone. */
final class ArchiveDirs {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path root;

    private record Hour(Path type, Path date, Path dir) {}

    ArchiveDirs(Path root) {
        this.root = root.toAbsolutePath();
    }

    /** Makes the archive's own directory, and those above it. */
    void make() throws IOException {
        Files.createDirectories(root, OWNER_ONLY);
    }

    /** Makes the directory of an hour where it is not there; on the disk when this returns. */
    Path of(ArchiveHour hour) throws IOException {
        Path dir = root;
        for (Path part : hour.path()) {
            Path parent = dir;
            dir = dir.resolve(part);
            if (!Files.isDirectory(dir, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(dir, OWNER_ONLY);
                sync(parent);
            }
        }
        return dir;
    }

    /** Flushes the names in a directory. */
    static void sync(Path dir) throws IOException {
        try (FileChannel channel = FileChannel.open(dir, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Files that were not closed, of this process or others. */
    List<ArchiveFile.Left> open() throws IOException {
        List<ArchiveFile.Left> found = new ArrayList<>();
        for (Hour hour : hours()) {
            for (Path file : list(hour.dir(), ArchiveFile::isOpen)) {
                found.add(new ArchiveFile.Left(hour.dir(), file));
            }
        }
        return found;
    }

    /** Deletes the closed files of hours that were over then, and directories that are empty after it; how many files. */
    int deleteBefore(long millis) throws IOException {
        int deleted = 0;
        for (Hour hour : hours()) {
            OptionalLong end = ArchiveHour.endOf(hour.date(), hour.dir());
            if (end.isPresent() && end.getAsLong() <= millis) {
                for (Path file : list(hour.dir(), ArchiveFile::isClosed)) {
                    Files.delete(file);
                    deleted++;
                }
                deleteEmpty(hour.dir());
                deleteEmpty(hour.date());
                deleteEmpty(hour.type());
            }
        }
        return deleted;
    }

    /** What lies three directories deep; whether it is an hour is for its name to say. */
    private List<Hour> hours() throws IOException {
        List<Hour> hours = new ArrayList<>();
        for (Path type : list(root, Files::isDirectory)) {
            for (Path date : list(type, Files::isDirectory)) {
                for (Path dir : list(date, Files::isDirectory)) {
                    hours.add(new Hour(type, date, dir));
                }
            }
        }
        return hours;
    }

    private static List<Path> list(Path dir, Predicate<Path> which) throws IOException {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(which).sorted().toList();
        }
    }

    private static void deleteEmpty(Path dir) throws IOException {
        try {
            Files.deleteIfExists(dir);
        } catch (DirectoryNotEmptyException e) {
            // somebody's files are in it
        }
    }
}
