package io.headgate.taxonomy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.headgate.event.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
 * One batch of fifty events, the examples of all shipped types in turn, by several ways of reading it: what each adds to
 * Jackson's tokens alone. Figures are for one event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ScanBenchmark.EVENTS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScanBenchmark {
    static final int EVENTS = 50;

    private final Taxonomy taxonomy = Shipped.taxonomy();
    private final EventScanner scanner = taxonomy.newScanner();
    private final StrictJson json = new StrictJson();
    private final List<Slice> events = new ArrayList<>();
    private final List<EventType> types = new ArrayList<>();
    private final byte[] batch;

    public ScanBenchmark() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<byte[]> examples = Shipped.examples();
        for (int i = 0; i < EVENTS; i++) {
            byte[] example = examples.get(i % examples.size());
            bytes.write(i == 0 ? '[' : ',');
            bytes.writeBytes(example);
            events.add(Slice.of(example));
            types.add(taxonomy.type(Shipped.tree(example).path("event_name").textValue())
                    .orElseThrow());
        }
        bytes.write(']');
        batch = bytes.toByteArray();
    }

    /** Whether the bytes are UTF-8. */
    @Benchmark
    public int utf8() {
        return Utf8.firstMalformed(batch, 0, batch.length);
    }

    /** Jackson's tokens alone. */
    @Benchmark
    public int tokens() throws IOException {
        int tokens = 0;
        try (JsonParser parser = json.parser(batch, 0, batch.length)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    /** The tokens, and that no member stands twice. */
    @Benchmark
    public EventScanner skip() throws IOException {
        try (JsonParser parser = json.parser(batch, 0, batch.length)) {
            parser.nextToken();
            scanner.skip(parser);
        }
        return scanner;
    }

    /** That, and the schemas of envelope and type, by the scanner: what the gateway does. */
    @Benchmark
    public int scan() throws IOException {
        int certain = 0;
        try (JsonParser parser = json.parser(batch, 0, batch.length)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                scanner.scan(parser);
                certain += scanner.certainlyValid() ? 1 : 0;
            }
        }
        if (certain != EVENTS) {
            throw new AssertionError("an example is not certain");
        }
        return certain;
    }

    /** The same by a tree and the validator library: what it does where the scanner is not certain. */
    @Benchmark
    public int treeAndLibrary() {
        int faults = 0;
        for (int i = 0; i < EVENTS; i++) {
            faults += taxonomy.explain(events.get(i), types.get(i)).size();
        }
        return faults;
    }
}
