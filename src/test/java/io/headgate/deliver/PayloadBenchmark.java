package io.headgate.deliver;

import io.headgate.event.Event;
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
import org.openjdk.jmh.infra.Blackhole;

/** Fifty events as payloads of journal records, and back as the drain reads them. Figures are for one event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Posted.EVENTS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PayloadBenchmark {
    private final List<List<Event>> batches = Posted.events();
    private final List<List<byte[]>> payloads = batches.stream()
            .map(batch ->
                    batch.stream().map(event -> EventCodec.encode(event, false)).toList())
            .toList();
    private int next;

    @Benchmark
    public void encode(Blackhole sink) {
        for (Event event : batches.get(next++ % batches.size())) {
            sink.consume(EventCodec.encode(event, false));
        }
    }

    @Benchmark
    public void decode(Blackhole sink) {
        for (byte[] payload : payloads.get(next++ % payloads.size())) {
            sink.consume(EventCodec.decode(payload));
        }
    }
}
