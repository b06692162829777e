package io.headgate.destination;

import io.headgate.time.Clock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open files of an archive, one for each type and hour. Each batch is written to the files that it belongs to, and those
 * are flushed; if one of them fails, what was written of the batch is cut off from all of them.
 *
 * <p>A file is closed when its hour has been over for {@value #LATE_MINUTES} minutes, at {@value #BYTES_MAX} bytes, and, the
 * least recently used first, when more than {@value #OPEN_MAX} are open. Used by the archive's worker alone.
 */
final class ArchiveFiles {
    static final int OPEN_MAX = 64;
    static final long BYTES_MAX = 128L * 1024 * 1024;
    static final int LATE_MINUTES = 5;

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveFiles.class);

    private static final int USED_FIRST = 16;

    private final DestinationSettings.Archive settings;
    private final long bytesMax;
    private final Clock clock;
    private final UnaryOperator<FileChannel> disk;
    private final ArchiveDirs dirs;
    /** By when they were used last. */
    private final Map<ArchiveHour, ArchiveFile> open = new LinkedHashMap<>(USED_FIRST, 0.75f, true);
    /** Of this instance alone: when it started, and chance, for two may start at once. */
    private final String start;

    private long counter;

    /** @param bytesMax {@link #BYTES_MAX}, but for tests */
    ArchiveFiles(DestinationSettings.Archive settings, long bytesMax, Clock clock) {
        this(settings, bytesMax, clock, channel -> channel);
    }

    /** @param disk what files are written through; a test's fails */
    ArchiveFiles(DestinationSettings.Archive settings, long bytesMax, Clock clock, UnaryOperator<FileChannel> disk) {
        this.disk = disk;
        this.settings = settings;
        this.bytesMax = bytesMax;
        this.clock = clock;
        this.dirs = new ArchiveDirs(settings.dir());
        this.start = clock.wallMillis() + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Makes the archive's directory, closes what dead processes left, deletes what is too old. */
    void begin() throws IOException {
        dirs.make();
        keep();
    }

    /** All of it is flushed when this returns, and none of it is in a file when this throws. */
    void append(List<Outgoing> batch) throws IOException {
        requireRoom();
        Map<ArchiveHour, List<Outgoing>> byHour =
                batch.stream().collect(Collectors.groupingBy(ArchiveHour::of, LinkedHashMap::new, Collectors.toList()));
        try {
            for (Map.Entry<ArchiveHour, List<Outgoing>> entry : byHour.entrySet()) {
                file(entry.getKey()).write(GzipMember.of(Document.lines(entry.getValue())));
            }
        } catch (IOException e) {
            byHour.keySet().forEach(this::undo);
            throw e;
        }
        flush(byHour.keySet().stream().toList());
        closeWhere((hour, file) -> file.bytes() >= bytesMax);
        closeEldest();
    }

    /** Closes the files of hours that are over. To be called once a minute. */
    void closeOver() {
        long now = clock.wallMillis();
        long late = Duration.ofMinutes(LATE_MINUTES).toMillis();
        closeWhere((hour, file) -> hour.endMillis() + late <= now);
    }

    /** Closes what dead processes left, or this one had to abandon, and deletes what is too old. To be called once an hour. */
    void keep() throws IOException {
        List<Path> own = open.values().stream().map(ArchiveFile::path).toList();
        for (ArchiveFile.Left left : dirs.open()) {
            if (!own.contains(left.path())) {
                recover(left);
            }
        }
        if (!settings.retention().isZero()) {
            int deleted =
                    dirs.deleteBefore(clock.wallMillis() - settings.retention().toMillis());
            if (deleted > 0) {
                LOG.info("archive_retention destination={} files_deleted={}", settings.name(), deleted);
            }
        }
    }

    /** Closes all. */
    void close() {
        closeWhere((hour, file) -> true);
    }

    private void requireRoom() throws IOException {
        long free = Files.getFileStore(settings.dir()).getUsableSpace();
        if (free < settings.freeBytesMin()) {
            throw new IOException("only " + free + " bytes are left on its disk, and free-bytes-min is "
                    + settings.freeBytesMin() + ": make room there, or shorten the retention");
        }
    }

    private ArchiveFile file(ArchiveHour hour) throws IOException {
        ArchiveFile file = open.get(hour);
        if (file == null) {
            counter++;
            file = ArchiveFile.create(dirs.of(hour), start + "-" + counter, disk);
            open.put(hour, file);
        }
        return file;
    }

    private void flush(List<ArchiveHour> hours) throws IOException {
        List<ArchiveFile> files = hours.stream().map(open::get).toList();
        try {
            for (ArchiveFile file : files) {
                file.flush();
            }
        } catch (IOException e) {
            hours.forEach(this::undo);
            hours.forEach(this::abandon);
            throw e;
        }
        files.forEach(ArchiveFile::confirm);
    }

    private void undo(ArchiveHour hour) {
        ArchiveFile file = open.get(hour);
        try {
            if (file != null) {
                file.undo();
            }
        } catch (IOException e) {
            LOG.warn("archive_file_abandoned, closed within an hour: file={} why={}", file.path(), e.getMessage());
            abandon(hour);
        }
    }

    private void abandon(ArchiveHour hour) {
        ArchiveFile file = open.remove(hour);
        try {
            if (file != null) {
                file.abandon();
            }
        } catch (IOException e) {
            LOG.debug("a file that is let go of: {}", e.getMessage());
        }
    }

    private void closeEldest() {
        int over = open.size() - OPEN_MAX;
        new ArrayList<>(open.keySet()).stream().limit(Math.max(0, over)).forEach(this::close);
    }

    private interface Which {
        boolean test(ArchiveHour hour, ArchiveFile file);
    }

    private void closeWhere(Which which) {
        open.entrySet().stream()
                .filter(entry -> which.test(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::close);
    }

    private void close(ArchiveHour hour) {
        ArchiveFile file = open.get(hour);
        try {
            if (file != null) {
                file.close();
                open.remove(hour);
            }
        } catch (IOException e) {
            LOG.warn(
                    "archive_file_not_closed, tried again within an hour: file={} why={}", file.path(), e.getMessage());
            abandon(hour);
        }
    }

    private void recover(ArchiveFile.Left left) {
        try {
            long torn = ArchiveFile.recover(left);
            if (torn > 0) {
                LOG.warn("archive_file_torn, bytes cut off at its end: {} file={}", torn, left.path());
            }
        } catch (NoSuchFileException e) {
            LOG.debug("another process was faster: {}", left.path());
        } catch (IOException e) {
            LOG.warn(
                    "archive_file_not_closed, tried again within an hour: file={} why={}", left.path(), e.getMessage());
        }
    }
}
