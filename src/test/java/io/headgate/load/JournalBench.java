package io.headgate.load;

import io.headgate.journal.Chunk;
import io.headgate.journal.Journal;
import io.headgate.journal.JournalSettings;
import io.headgate.meter.Meters;
import io.headgate.time.SystemClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What the journal by itself takes, gives back, and how long it takes to open: {@code loadtest/journal DIR}. */
public final class JournalBench {
    private static final int THREADS = 4;
    private static final int GROUP = 50;
    private static final int RECORD_BYTES = 520;
    private static final int READ_RECORDS = 1_000;

    private final Vertx vertx = Vertx.vertx();
    private final JournalSettings settings;
    private final long records;

    private JournalBench(Path dir, long records) {
        this.settings = new JournalSettings(dir, THREADS, 64L << 20, 20L << 30, JournalSettings.Sync.ALWAYS);
        this.records = records;
    }

    /** An empty directory, and how many records; 0 of them: the directory of an earlier run, opened and read. */
    public static void main(String[] args) throws Exception {
        JournalBench bench = new JournalBench(Path.of(args[0]), args.length > 1 ? Long.parseLong(args[1]) : 5_000_000);
        try {
            bench.run();
        } finally {
            bench.vertx.close().await();
        }
    }

    private void run() throws Exception {
        if (records > 0) {
            append();
        }
        readBack();
        readBack();
    }

    private Journal open() throws IOException {
        Meters meters = new Meters();
        long start = System.nanoTime();
        Journal journal = Journal.open(vertx, settings, new SystemClock(), meters);
        System.out.printf("open: %.1f ms%n", (System.nanoTime() - start) / 1e6);
        return journal;
    }

    private void append() throws Exception {
        Journal journal = open();
        long first = System.nanoTime();
        get(journal.append(0, List.of(new byte[] {1})));
        System.out.printf("first append: %.1f ms%n", (System.nanoTime() - first) / 1e6);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Callable<long[]>> work = IntStream.range(0, THREADS)
                .<Callable<long[]>>mapToObj(c -> () -> append(journal, c))
                .toList();
        long start = System.nanoTime();
        List<Long> nanos = new ArrayList<>();
        for (var result : threads.invokeAll(work)) {
            Arrays.stream(result.get()).forEach(nanos::add);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Collections.sort(nanos);
        System.out.printf(
                "append: %,.0f records/s, p50 %.2f ms, p99 %.2f ms, worst %.1f ms%n",
                records / seconds, at(nanos, 0.5), at(nanos, 0.99), at(nanos, 1));
        threads.shutdown();
        get(journal.close());
    }

    private long[] append(Journal journal, int channel) throws Exception {
        List<byte[]> group = Collections.nCopies(GROUP, new byte[RECORD_BYTES]);
        long[] nanos = new long[(int) (records / THREADS / GROUP)];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            get(journal.append(channel, group));
            nanos[i] = System.nanoTime() - start;
        }
        return nanos;
    }

    private void readBack() throws Exception {
        Journal journal = open();
        long start = System.nanoTime();
        long[] next = new long[THREADS];
        Arrays.fill(next, 1);
        long read = 0;
        for (boolean more = true; more; ) {
            more = false;
            for (int c = 0; c < THREADS; c++) {
                Chunk chunk = get(journal.read(c, next[c], READ_RECORDS, 1 << 20));
                next[c] += chunk.payloads().size();
                read += chunk.payloads().size();
                more |= !chunk.payloads().isEmpty();
            }
        }
        System.out.printf("read back: %,d records, %,.0f/s%n", read, read / ((System.nanoTime() - start) / 1e9));
        get(journal.close());
    }

    private static double at(List<Long> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size())) / 1e6;
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
