package io.headgate.journal;

import io.headgate.load.Posted;
import io.headgate.meter.Meters;
import io.headgate.time.SystemClock;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Fifty records of 520 bytes into the journal, and the wait until it answers. Figures are for one record.
 *
 * <p>{@code always} is the disk's figure, an fsync for each fifty records, and says little of the code. {@code never} is all
 * of the code: the hop to the writer and back, framing, and the copy to the operating system. {@code frame} is framing alone.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Posted.EVENTS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppendBenchmark {
    private static final int RECORD_BYTES = 520;
    private static final List<byte[]> GROUP = Collections.nCopies(Posted.EVENTS, new byte[RECORD_BYTES]);

    /** A journal below {@code target/}, whose records are confirmed as they come, so that it stays small. */
    public abstract static class Opened {
        private final Vertx vertx = Vertx.vertx();
        private final Meters meters = new Meters();
        private final Path dir;
        private final Journal journal;

        Opened(JournalSettings.Sync sync) {
            try {
                dir = Files.createTempDirectory(Path.of("target"), "append-benchmark");
                JournalSettings settings = new JournalSettings(dir, 1, 64L << 20, 1L << 30, sync);
                journal = Journal.open(vertx, settings, new SystemClock(), meters);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        long append() {
            long first = journal.append(0, GROUP).await();
            journal.confirm(0, first + GROUP.size() - 1);
            return first;
        }

        /** Leaves nothing behind. */
        @TearDown(Level.Trial)
        public void close() throws IOException {
            journal.close().await();
            vertx.close().await();
            meters.close();
            try (Stream<Path> files = Files.walk(dir)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** As it is run. */
    @State(Scope.Benchmark)
    public static class Always extends Opened {
        public Always() {
            super(JournalSettings.Sync.ALWAYS);
        }
    }

    /** Without fsync. */
    @State(Scope.Benchmark)
    public static class Never extends Opened {
        public Never() {
            super(JournalSettings.Sync.NEVER);
        }
    }

    /** The buffer that records are put into. */
    @State(Scope.Thread)
    public static class Frame {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);

        /** Room for the next group. */
        @Setup(Level.Invocation)
        public void clear() {
            buffer.clear();
        }
    }

    @Benchmark
    public long always(Always opened) {
        return opened.append();
    }

    @Benchmark
    public long never(Never opened) {
        return opened.append();
    }

    @Benchmark
    public int frame(Frame frame) {
        long sequence = 0;
        for (byte[] payload : GROUP) {
            RecordFormat.putHeader(frame.buffer, 7, 0, sequence++, payload);
            frame.buffer.put(payload);
        }
        return frame.buffer.position();
    }
}
