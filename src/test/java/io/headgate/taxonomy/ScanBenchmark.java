package io.headgate.taxonomy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.headgate.event.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one event costs, in a batch of fifty, by several ways of reading it: Jackson's tokens alone, the scanner, tree and
 * library. The ways take turns, so that their ratios hold whatever else the machine does. Not a test: run its main.
 */
final class ScanBenchmark {
    /** Of this thread: time that others take from a shared machine is not ours. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private static final int EVENTS = 50;
    private static final int ROUNDS = 12;
    private static final long ROUND_NANOS = 700_000_000L;

    private final Taxonomy taxonomy = Shipped.taxonomy();
    private final EventScanner scanner = taxonomy.newScanner();
    private final StrictJson json = new StrictJson();
    private final List<Slice> events = new ArrayList<>();
    private final List<EventType> types = new ArrayList<>();
    private final byte[] batch;
    private long sink;

    private ScanBenchmark() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<byte[]> examples = Shipped.examples();
        for (int i = 0; i < EVENTS; i++) {
            byte[] example = examples.get(i % examples.size());
            bytes.write(i == 0 ? '[' : ',');
            bytes.write(example);
            events.add(Slice.of(example));
            types.add(taxonomy.type(Shipped.tree(example).path("event_name").textValue())
                    .orElseThrow());
        }
        bytes.write(']');
        batch = bytes.toByteArray();
    }

    /** One way of reading the batch. */
    private interface Way {
        void read() throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        ScanBenchmark benchmark = new ScanBenchmark();
        List<Way> ways = List.of(
                benchmark::utf8, benchmark::tokens, benchmark::skip, benchmark::scan, benchmark::treeAndLibrary);
        List<String> names = List.of("utf8", "tokens", "skip", "scan", "tree+library");
        double[] best = new double[ways.size()];
        for (int round = 0; round < ROUNDS; round++) {
            for (int way = 0; way < ways.size(); way++) {
                double nanos = nanosPerEvent(ways.get(way));
                best[way] = round < ROUNDS / 2 ? nanos : Math.min(best[way], nanos);
            }
        }
        System.out.printf(Locale.ROOT, "bytes per event: %d%n", benchmark.batch.length / EVENTS);
        for (int way = 0; way < ways.size(); way++) {
            System.out.printf(
                    Locale.ROOT,
                    "%-14s %7.0f ns per event, %.2f of the tokens%n",
                    names.get(way),
                    best[way],
                    best[way] / best[1]);
        }
        System.out.println(benchmark.sink);
    }

    private static double nanosPerEvent(Way way) throws IOException {
        long begin = CPU.getCurrentThreadCpuTime();
        long reads = 0;
        while (CPU.getCurrentThreadCpuTime() - begin < ROUND_NANOS) {
            for (int i = 0; i < 100; i++) {
                way.read();
            }
            reads += 100;
        }
        return (double) (CPU.getCurrentThreadCpuTime() - begin) / reads / EVENTS;
    }

    private void utf8() {
        sink += Utf8.firstMalformed(batch, 0, batch.length);
    }

    private void tokens() throws IOException {
        try (JsonParser parser = json.parser(batch, 0, batch.length)) {
            while (parser.nextToken() != null) {
                sink++;
            }
        }
    }

    private void skip() throws IOException {
        try (JsonParser parser = json.parser(batch, 0, batch.length)) {
            parser.nextToken();
            scanner.skip(parser);
        }
    }

    private void scan() throws IOException {
        try (JsonParser parser = json.parser(batch, 0, batch.length)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                scanner.scan(parser);
                if (!scanner.certainlyValid()) {
                    throw new AssertionError("an example is not certain");
                }
            }
        }
    }

    private void treeAndLibrary() throws IOException {
        for (int i = 0; i < EVENTS; i++) {
            sink += taxonomy.explain(events.get(i), types.get(i)).size();
        }
    }
}
