package io.headgate.journal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/** The journal's one reading thread, {@code journal-reader}: one read after the other, in constant memory. */
final class Reader {
    private final LinkedBlockingQueue<Runnable> asked = new LinkedBlockingQueue<>();
    private final List<ChannelReader> channels;
    private volatile boolean closed;

    Reader(Disk disk, Recovered found, JournalMeters meters) {
        Blocks blocks = new Blocks(disk);
        this.channels = IntStream.range(0, found.positions().channels())
                .mapToObj(c -> new ChannelReader(c, disk, blocks, found.segments(), found.positions(), meters))
                .toList();
    }

    void start() {
        Threads.start("journal-reader", this::run);
    }

    synchronized Future<Chunk> read(int channel, long from, int recordsMax, long bytesMax, Context context) {
        if (closed) {
            return Future.failedFuture(new JournalException("the journal is closed"));
        }
        Promise<Chunk> promise = Promise.promise();
        asked.add(() -> {
            Future<Chunk> result = result(channel, from, recordsMax, bytesMax);
            context.runOnContext(ignored -> result.onComplete(promise));
        });
        return promise.future();
    }

    /** What was asked for is read still; what is asked for from now on fails. */
    synchronized void close() {
        closed = true;
        asked.add(() -> {});
    }

    private Future<Chunk> result(int channel, long from, int recordsMax, long bytesMax) {
        try {
            return Future.succeededFuture(channels.get(channel).read(from, recordsMax, bytesMax));
        } catch (JournalException e) {
            return Future.failedFuture(e);
        } catch (IOException | RuntimeException | Error e) {
            // an error too: whoever reads would wait for ever
            return Future.failedFuture(new JournalException("the journal's disk cannot be read: " + e, e));
        }
    }

    private void run() {
        try {
            while (!closed || !asked.isEmpty()) {
                asked.take().run();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("the journal's thread must not be interrupted", e);
        }
    }
}
