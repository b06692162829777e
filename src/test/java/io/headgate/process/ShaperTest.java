package io.headgate.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.destination.Outgoing;
import io.headgate.event.Slice;
import io.headgate.process.RouteSettings.Fields;
import io.headgate.stream.StreamEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is delivered of an event. */
class ShaperTest {
    private static final String EVENT =
            "{\"event_id\":\"e1\",\"session_id\":\"s1\",\"properties\":{\"price\":1.50,\"big\":12345678901234567890.120,"
                    + "\"e\":1e400},\"context\":{\"page\":\"/a\",\"ids\":{\"gclid\":\"x\"}}}";

    @Test
    void withNothingSaidItIsWhatWasPosted() {
        assertThat(shaped(Fields.ALL)).isEqualTo(EVENT);
    }

    @Test
    void picksTheseOnly() {
        assertThat(shaped(new Fields(List.of("/event_id", "/context/ids/gclid", "/nothing"), List.of(), Map.of())))
                .isEqualTo("{\"event_id\":\"e1\",\"context\":{\"ids\":{\"gclid\":\"x\"}}}");
    }

    @Test
    void dropsTheseAndKeepsEveryDigitOfTheRest() {
        assertThat(shaped(new Fields(List.of(), List.of("/context", "/session_id", "/not/there"), Map.of())))
                .isEqualTo("{\"event_id\":\"e1\",\"properties\":{\"price\":1.50,\"big\":12345678901234567890.120,"
                        + "\"e\":1E+400}}");
    }

    @Test
    void renamesIntoObjectsThatItMakes() {
        assertThat(shaped(new Fields(
                        List.of("/event_id", "/context/page"), List.of(), Map.of("/context/page", "/web/where/url"))))
                .isEqualTo("{\"event_id\":\"e1\",\"context\":{},\"web\":{\"where\":{\"url\":\"/a\"}}}");
    }

    @Test
    void twoFieldsMayTakeEachOthersPlaces() {
        assertThat(shaped(new Fields(
                        List.of("/event_id", "/session_id"),
                        List.of(),
                        Map.of("/event_id", "/session_id", "/session_id", "/event_id"))))
                .isIn("{\"event_id\":\"s1\",\"session_id\":\"e1\"}", "{\"session_id\":\"e1\",\"event_id\":\"s1\"}");
    }

    @Test
    void keyAndSessionAreThoseThatWerePostedWhateverIsDropped() {
        Outgoing outgoing = outgoing(new Fields(List.of("/context/page"), List.of(), Map.of()));

        assertThat(outgoing.eventId()).isEqualTo("e1");
        assertThat(outgoing.sessionId()).isEqualTo("s1");
        assertThat(outgoing.position()).isEqualTo("3-7-1");
    }

    private static String shaped(Fields fields) {
        Slice json = outgoing(fields).json();
        return new String(json.copy(json.length()), StandardCharsets.UTF_8);
    }

    private static Outgoing outgoing(Fields fields) {
        Slice json = Slice.of(EVENT.getBytes(StandardCharsets.UTF_8));
        StreamEntry entry = new StreamEntry("9-0", "7-1", false, "page_view", "shop", 5, json);
        return new Shaper(fields).shape(3, entry, Json.object(json).orElseThrow());
    }
}
