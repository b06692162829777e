package io.headgate.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonParser;
import io.headgate.event.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events made to cost more than they weigh. The deadline is a hang's, not a speed's: the naive way takes minutes. */
class HostileTest {
    private static final Duration HANG = Duration.ofSeconds(20);

    private final StrictJson json = new StrictJson();

    @Test
    void aPatternThatBacktracksElsewhereIsLinearHere() {
        Taxonomy taxonomy = Compiled.withProperties("{\"properties\":{\"x\":{\"pattern\":\"^(.*a){12}$\"}}}");
        byte[] event = Compiled.event("{\"x\":\"" + "a".repeat(11) + "b".repeat(5000) + "\"}");

        List<Fault> faults = assertTimeoutPreemptively(HANG, () -> {
            certainlyValid(taxonomy, event);
            return Compiled.explain(taxonomy, event);
        });

        assertThat(faults).extracting(Fault::keyword).containsExactly("pattern");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"multipleOf\":0.01}",
                "{\"minimum\":0}",
                "{\"type\":\"integer\",\"maximum\":5}",
                "{\"enum\":[1]}",
                "{\"const\":1}",
                "{\"type\":\"integer\"}",
                "{}"
            })
    void aNumberThatWouldFillTheHeapIsNeverWrittenOut(String schema) {
        Taxonomy taxonomy = Compiled.withProperties("{\"properties\":{\"x\":" + schema + "}}");
        for (String number :
                List.of("1e999999999", "-1E-999999999", "1e1001", "1" + "0".repeat(1000), "0." + "1".repeat(30_000))) {
            byte[] event = Compiled.event("{\"x\":" + number + "}");

            boolean certain = assertTimeoutPreemptively(HANG, () -> certainlyValid(taxonomy, event));
            List<Fault> faults = assertTimeoutPreemptively(HANG, () -> Compiled.explain(taxonomy, event));

            assertThat(certain).isFalse();
            assertThat(faults).singleElement().satisfies(fault -> {
                assertThat(fault.pointer()).isEqualTo("/properties/x");
                assertThat(fault.message()).startsWith("must be a number of at most 1000 digits");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"multipleOf\":0.01}", "{\"minimum\":0}", "{\"type\":\"integer\"}", "{\"maximum\":1e1000}"})
    void aLargeNumberWithinTheLimitIsJudgedExactly(String schema) throws IOException {
        Taxonomy taxonomy = Compiled.withProperties("{\"properties\":{\"x\":" + schema + "}}");
        byte[] event = Compiled.event("{\"x\":1e1000}");

        certainlyValid(taxonomy, event);

        assertThat(Compiled.explain(taxonomy, event)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hostname", "email", "ipv6", "uri", "date-time", "duration", "time", "uuid"})
    void aFormatIsCheckedOnALongTextWithoutTroubleForTheGateway(String format) {
        Taxonomy taxonomy = Compiled.withProperties("{\"properties\":{\"x\":{\"format\":\"" + format + "\"}}}");
        for (String part : List.of("a.", "a@", "1", ":", "\\\\\\\"", "P1")) {
            byte[] event = Compiled.event("{\"x\":\"" + part.repeat(16_000 / part.length()) + "!\"}");

            List<Fault> faults = assertTimeoutPreemptively(HANG, () -> Compiled.explain(taxonomy, event));

            assertThat(faults).extracting(Fault::keyword).isSubsetOf("format", "maxLength");
        }
    }

    private boolean certainlyValid(Taxonomy taxonomy, byte[] event) throws IOException {
        EventScanner scanner = taxonomy.newScanner();
        try (JsonParser parser = json.parser(event, 0, event.length)) {
            parser.nextToken();
            scanner.scan(parser);
        }
        assertThat(scanner.eventName())
                .as(() -> new String(event, StandardCharsets.UTF_8))
                .isNotNull();
        return scanner.certainlyValid();
    }
}
