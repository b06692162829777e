package io.headgate.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headgate.event.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The shipped examples, changed at random: what the scanner is certain of, the library calls valid. */
class MutationTest {
    private static final int MUTANTS = 15_000;
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "\"\"",
            "\"x\"",
            "\"web\"",
            "\"EUR\"",
            "0",
            "-1",
            "1.0",
            "1.5",
            "1e3",
            "[]",
            "{}",
            "[{}]",
            "1e400",
            "1e2000",
            "{\"source\":\"x\"}",
            "\"2026-11-20T08:00:00Z\"",
            "\"2026-13-20T08:00:00Z\"",
            "\"page_view\"",
            "\"lead_submitted\"",
            "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"",
            "\"" + "y".repeat(129) + "\"",
            "\"" + "z".repeat(3000) + "\"");

    private final Random random = new Random(20261121);
    private final ObjectMapper mapper = new ObjectMapper();
    private final Taxonomy taxonomy = Shipped.taxonomy();
    private final EventScanner scanner = taxonomy.newScanner();
    private final StrictJson json = new StrictJson();

    @Test
    void noMutantIsCertainUnlessTheLibraryCallsItValid() throws IOException {
        List<byte[]> examples = Shipped.examples();
        int valid = 0;
        int certain = 0;

        for (int i = 0; i < MUTANTS; i++) {
            ObjectNode event = (ObjectNode) mapper.readTree(examples.get(i % examples.size()));
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                change(event);
            }
            byte[] bytes = event.toString()
                    .replace("\"raw:", "")
                    .replace(":raw\"", "")
                    .replace("\\\"", "\"")
                    .getBytes(StandardCharsets.UTF_8);
            scan(bytes);
            boolean right = scanner.type() != null
                    && taxonomy.explain(Slice.of(bytes), scanner.type()).isEmpty();
            if (scanner.certainlyValid()) {
                assertThat(right).as(new String(bytes, StandardCharsets.UTF_8)).isTrue();
                certain++;
            }
            valid += right ? 1 : 0;
        }

        assertThat(valid).isGreaterThan(MUTANTS / 20);
        assertThat(certain).as("of %s valid", valid).isGreaterThan(valid / 2);
    }

    private void scan(byte[] event) throws IOException {
        try (JsonParser parser = json.parser(event, 0, event.length)) {
            parser.nextToken();
            scanner.scan(parser);
        }
    }

    private void change(ObjectNode event) {
        List<ObjectNode> objects = new ArrayList<>();
        collect(event, objects);
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty()) {
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(4)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(name + "_", object.path(name));
            case 2 -> object.put(name, "raw:" + VALUES.get(random.nextInt(VALUES.size())) + ":raw");
            default -> shuffle(object, names);
        }
    }

    private void shuffle(ObjectNode object, List<String> names) {
        Collections.shuffle(names, random);
        for (String name : names) {
            JsonNode value = object.remove(name);
            object.set(name, value);
        }
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
            object.forEach(child -> collect(child, objects));
        }
    }
}
