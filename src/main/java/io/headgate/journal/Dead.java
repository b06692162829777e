package io.headgate.journal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Corrupt segments, kept under {@code dead/} for a person to look at. Of those whose good records were drained the first
 * {@value #FILES_MAX} are kept, for they tell when it began; any further one is deleted as it would have been if it were
 * well.
 */
final class Dead {
    static final int FILES_MAX = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Dead.class);

    private final Disk disk;
    private final AtomicInteger files;

    Dead(Disk disk) throws IOException {
        this.disk = disk;
        this.files = new AtomicInteger((int) disk.names().stream()
                .filter(name -> name.startsWith(FileDisk.DEAD + "/"))
                .count());
    }

    int files() {
        return files.get();
    }

    /** Takes a segment out of the journal that nobody can read, but perhaps a person. Durable after the next {@link Disk#sync}. */
    void keepUnread(String name) throws IOException {
        disk.move(name, freeName(disk, name));
        files.incrementAndGet();
    }

    /** Takes a segment out of the journal whose good records were drained. Durable after the next {@link Disk#sync}. */
    void keep(String name) throws IOException {
        if (files.get() < FILES_MAX) {
            keepUnread(name);
        } else {
            disk.delete(name);
            LOG.error("journal_dead_full, a corrupt segment was not kept: {}", name);
        }
    }

    /** A name under {@code dead/} that is free. */
    static String freeName(Disk disk, String name) throws IOException {
        List<String> taken = disk.names();
        String free = FileDisk.DEAD + "/" + name;
        for (int i = 2; taken.contains(free); i++) {
            free = FileDisk.DEAD + "/" + name + "." + i;
        }
        return free;
    }
}
