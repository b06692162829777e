package io.headgate.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The form in which events are delivered. */
class DocumentTest {
    @Test
    void anEventIsDeliveredInItsEnvelopeByteForByte() {
        Outgoing event = Events.shaped(1, "{\"a\" : 1.50e2,  \"b\":\"\\u00e9\\/\"}");

        assertThat(text(Document.of(event)))
                .isEqualTo("{\"event_id\":\"" + Events.id(1)
                        + "\",\"event_name\":\"page_view\",\"source\":\"shop\",\"received\":\"2026-11-21T10:00:00.123Z\","
                        + "\"position\":\"2-1795255200123-1\",\"event\":{\"a\" : 1.50e2,  \"b\":\"\\u00e9\\/\"}}");
    }

    @Test
    void theTimeHasThreeDecimalsAlways() {
        assertThat(text(Document.of(Events.event(1, Instant.parse("2026-01-01T00:00:00Z")))))
                .contains("\"received\":\"2026-01-01T00:00:00.000Z\"");
    }

    @Test
    void aNameOfWhateverCharactersStaysOneJsonText() {
        String name = "a\"b\\c\n\u0000ü🚀";

        ObjectNode read = Events.read(text(Document.of(Events.sent(name, "s", 1, name, Events.RECEIVED, "{}"))));

        assertThat(read.get("event_name").textValue()).isEqualTo(name);
        assertThat(read.get("source").textValue()).isEqualTo(name);
    }

    @Test
    void aBatchIsOneObjectAndKeepsTheOrder() {
        ObjectNode read = Events.read(text(Document.batch(Events.events(3))));

        assertThat(read.get("events")).hasSize(3);
        assertThat(read.get("events").findValuesAsText("position"))
                .containsExactly("2-1795255200123-0", "2-1795255200123-1", "2-1795255200123-2");
    }

    @Test
    void linesAreOneForEachEvent() {
        List<Outgoing> events = Events.events(2);

        assertThat(text(Document.lines(events)))
                .isEqualTo(text(Document.of(events.get(0))) + "\n" + text(Document.of(events.get(1))) + "\n");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
