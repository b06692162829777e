package io.headgate.stream;

import io.headgate.event.Event;
import io.headgate.load.Posted;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.impl.RequestImpl;
import java.util.ArrayList;
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
 * The script call's encoding: from fifty gathered events to the bytes of the {@code EVALSHA}, by our code and then by the
 * Redis client's. Figures are for one event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Posted.EVENTS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallBenchmark {
    private static final DedupeLayout LAYOUT = new DedupeLayout(86_400_000, 50_000);

    private final AppendScript script = new AppendScript(new Keys("headgate"), 0, LAYOUT);
    private final DedupeId id = new DedupeId(LAYOUT);
    private final List<List<Event>> batches = Posted.events();
    private final List<List<Event>> gathered = gathered(batches);
    private int next;

    /** The events of one request. */
    @Benchmark
    public Buffer oneRequest() {
        return encode(batches);
    }

    /** Each event from a request of its own, as under a load of single events. */
    @Benchmark
    public Buffer manyRequests() {
        return encode(gathered);
    }

    /** The part of it that is the events' identities, SHA-256 each. */
    @Benchmark
    public long identities() {
        long sum = 0;
        for (Event event : batches.get(next++ % batches.size())) {
            id.compute(event);
            sum += id.bucket() + id.field()[0];
        }
        return sum;
    }

    private Buffer encode(List<List<Event>> calls) {
        List<Event> events = calls.get(next++ % calls.size());
        return ((RequestImpl) script.bySha(script.pack(events))).encode();
    }

    /** The same events, dealt out so that no two of one request stand side by side. */
    private static List<List<Event>> gathered(List<List<Event>> batches) {
        List<List<Event>> dealt = new ArrayList<>();
        for (int first = 0; first < batches.size(); first++) {
            List<Event> call = new ArrayList<>();
            for (int i = 0; i < Posted.EVENTS; i++) {
                call.add(batches.get((first + i) % batches.size()).get(i));
            }
            dealt.add(call);
        }
        return dealt;
    }
}
