package io.headgate.journal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.headgate.meter.Meters;
import io.headgate.time.SystemClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.slf4j.LoggerFactory;

/** What the journal's tests share: journals on a Vert.x of their own, records that tell their number, and waiting. */
final class Journals implements AutoCloseable {
    static final long SEGMENT_BYTES = 65_536;
    static final int CHANNELS = 2;

    private static final int PATIENCE_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<Journal> opened = new ArrayList<>();

    /** Keeps the journal from logging what a test does to it thousands of times. */
    static void quiet(boolean quiet) {
        Logger logger = (Logger) LoggerFactory.getLogger("io.headgate.journal");
        logger.setLevel(quiet ? Level.OFF : null);
    }

    static JournalSettings settings(Path dir) {
        return settings(dir, CHANNELS, 16 * SEGMENT_BYTES);
    }

    static JournalSettings settings(Path dir, int channels, long bytesMax) {
        return new JournalSettings(dir, channels, SEGMENT_BYTES, bytesMax, JournalSettings.Sync.ALWAYS);
    }

    Journal open(JournalSettings settings) throws IOException {
        return kept(Journal.open(vertx, settings, new SystemClock(), new Meters()));
    }

    Journal open(Disk disk) throws IOException {
        return open(disk, settings(Path.of("nowhere")));
    }

    Journal open(Disk disk, JournalSettings settings) throws IOException {
        return kept(Journal.open(vertx, disk, settings, new SystemClock(), new Meters()));
    }

    Vertx vertx() {
        return vertx;
    }

    private Journal kept(Journal journal) {
        opened.add(journal);
        return journal;
    }

    /** A record that says which one it is; of this many bytes. */
    static byte[] record(int channel, long number, int bytes) {
        byte[] record = new byte[bytes];
        Arrays.fill(record, (byte) '.');
        byte[] name = (channel + ":" + number + ";").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, record, 0, name.length);
        return record;
    }

    static List<byte[]> records(int channel, long from, long to, int bytes) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(n -> record(channel, n, bytes))
                .toList();
    }

    /** What a record says that it is. */
    static String name(byte[] record) {
        String text = new String(record, StandardCharsets.US_ASCII);
        return text.substring(0, text.indexOf(';'));
    }

    static List<String> names(List<byte[]> records) {
        return records.stream().map(Journals::name).toList();
    }

    static List<String> names(int channel, long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(n -> channel + ":" + n).toList();
    }

    /** Appends one by one, each of them durable before the next. */
    static void appendEach(Journal journal, int channel, long from, long to, int bytes) {
        for (long n = from; n <= to; n++) {
            await(journal.append(channel, List.of(record(channel, n, bytes))));
        }
    }

    /** All durable records from this number on, with {@code "lost N"} where some cannot be read. */
    static List<String> readAll(Journal journal, int channel, long from) {
        List<String> found = new ArrayList<>();
        long next = from;
        while (next <= journal.durable(channel)) {
            Chunk chunk = await(journal.read(channel, next, 7, 1 << 20));
            if (chunk.lost() > 0) {
                found.add("lost " + chunk.lost());
            }
            found.addAll(names(chunk.payloads()));
            next = chunk.firstSequence() + chunk.payloads().size();
        }
        return found;
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("no result within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it failed with. */
    static Throwable awaitFailure(Future<?> future) {
        return await(future.<Throwable>map(result -> new AssertionError("succeeded: " + result))
                .otherwise(failure -> failure));
    }

    /** Waits until it has ended, well or not. */
    static void awaitEnd(Future<?> future) {
        await(future.otherwiseEmpty());
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("not released within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        opened.forEach(journal -> await(journal.close().otherwiseEmpty()));
        await(vertx.close());
    }
}
