package io.headgate.ingest;

import io.headgate.ShippedTaxonomy;
import io.headgate.load.Posted;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The road in as the event loop walks it: one body of fifty events to its batch of valid and rejected ones, by the shipped
 * taxonomy. Figures are for one event: nanoseconds, and with the profiler {@code gc} bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Posted.EVENTS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
    private final BatchReader reader =
            new BatchReader(ShippedTaxonomy.compile(), new IngestSettings(32_768, Posted.EVENTS));
    private final List<byte[]> valid = Posted.valid();
    private final List<byte[]> mixed = Posted.mixed();
    private int next;

    /** Every event is valid: none needs the validator library. */
    @Benchmark
    public Object valid() {
        return read(valid, 0);
    }

    /** One in ten is invalid, and explained by the library. */
    @Benchmark
    public Object mixed() {
        return read(mixed, Posted.EVENTS / 10);
    }

    private Batch read(List<byte[]> bodies, int invalid) {
        byte[] body = bodies.get(next++ % bodies.size());
        Decoded decoded = reader.read("shop", body, false, 1_763_688_289_123L, Road.LOOP_EXPLAINED_MAX);
        Batch batch = ((Decoded.Whole) decoded).batch();
        if (batch.rejections().size() != invalid) {
            throw new AssertionError("rejected: " + batch.rejections().size());
        }
        return batch;
    }
}
