package io.headgate.journal;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Corrupt segments, kept under {@code dead/} for a person to look at. The first {@value #FILES_MAX} are kept, for those
 * tell when it began; any further one is deleted as it would have been if it were well.
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

    /** Takes a segment out of the journal. Durable after the next {@link Disk#sync}. */
    void keep(String name) throws IOException {
        if (files.get() < FILES_MAX) {
            disk.move(name, FileDisk.DEAD + "/" + name);
            files.incrementAndGet();
        } else {
            disk.delete(name);
            LOG.error("journal_dead_full, a corrupt segment was not kept: {}", name);
        }
    }
}
