package io.headgate.drain;

import io.headgate.deliver.PartitionRoute;
import io.headgate.journal.Chunk;
import io.vertx.core.Future;
import java.util.List;

/** A partition's backlog: its newest records from memory, all others as they were read last. Belongs to the partition's event loop. */
final class Records {
    private static final int READ_MAX = 1024;

    private final PartitionRoute route;
    private final Work work;
    private Chunk read = new Chunk(0, 1, List.of());

    Records(PartitionRoute route, Work work) {
        this.route = route;
        this.work = work;
    }

    /** Payloads from this number on, {@code max} at most; empty when they have to be read first. */
    List<byte[]> from(long first, int max) {
        List<byte[]> recent = route.recent(first, max);
        long skip = first - read.firstSequence();
        if (!recent.isEmpty() || skip < 0 || skip >= read.payloads().size()) {
            return recent;
        }
        List<byte[]> rest =
                read.payloads().subList(Math.toIntExact(skip), read.payloads().size());
        return rest.subList(0, Math.min(rest.size(), max));
    }

    /** Reads from this number on; how many of the first of them cannot be read any more. */
    Future<Long> read(long first) {
        return work.journal()
                .read(route.partition(), first, READ_MAX, work.readBytes())
                .map(chunk -> {
                    read = chunk;
                    return chunk.lost();
                });
    }
}
