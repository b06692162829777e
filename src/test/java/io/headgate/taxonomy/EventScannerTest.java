package io.headgate.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventScannerTest {
    private static final String VALID = new String(Compiled.event("{}"), StandardCharsets.UTF_8);

    private final StrictJson json = new StrictJson();
    private final Taxonomy taxonomy =
            Compiled.withProperties("{\"properties\":{\"x\":{\"maxLength\":3}},\"additionalProperties\":false}");
    private final EventScanner scanner = taxonomy.newScanner();

    @Test
    void theTextsThatTheGatewayNeedsAreReadInPassing() throws IOException {
        scan(VALID.replace("\"session_id\":\"s\"", "\"session_id\":\"s\\u00e9\""));

        assertThat(scanner.certainlyValid()).isTrue();
        assertThat(scanner.eventId()).isEqualTo("6f1c0000-4b1e-4c7a-9d2f-5a3d9e110000");
        assertThat(scanner.eventName()).isEqualTo("made_up");
        assertThat(scanner.sessionId()).isEqualTo("s\u00e9");
        assertThat(scanner.type()).isEqualTo(taxonomy.type("made_up").orElseThrow());
        assertThat(scanner.hasBatchMember()).isFalse();
    }

    @Test
    void nothingOfOneEventIsLeftForTheNext() throws IOException {
        scan(VALID.replace("\"user_id\"", "\"batch\":[],\"user_id\""));
        assertThat(scanner.hasBatchMember()).isTrue();
        assertThat(scanner.certainlyValid()).isFalse();

        scan("{}");

        assertThat(scanner.eventId()).isNull();
        assertThat(scanner.eventName()).isNull();
        assertThat(scanner.sessionId()).isNull();
        assertThat(scanner.type()).isNull();
        assertThat(scanner.hasBatchMember()).isFalse();
        assertThat(scanner.certainlyValid()).isFalse();
    }

    @Test
    void onlyAMemberOfTheEventItselfMakesItAWrapper() throws IOException {
        scan("{\"properties\":{\"batch\":[]}}");

        assertThat(scanner.hasBatchMember()).isFalse();
    }

    @Test
    void textsThatAreNotTextsAreNotRead() throws IOException {
        scan("{\"event_id\":1,\"event_name\":null,\"session_id\":[\"s\"]}");

        assertThat(scanner.eventId()).isNull();
        assertThat(scanner.eventName()).isNull();
        assertThat(scanner.sessionId()).isNull();
    }

    @Test
    void anUnknownTypeIsNamedAndNeverCertain() throws IOException {
        scan(VALID.replace("made_up", "unheard_of"));

        assertThat(scanner.eventName()).isEqualTo("unheard_of");
        assertThat(scanner.type()).isNull();
        assertThat(scanner.certainlyValid()).isFalse();
    }

    @Test
    void aNameThatComesLateLeavesWhatItsTypeNarrowsUncertain() throws IOException {
        String name = "\"event_name\":\"made_up\",";
        String last = VALID.replace(name, "").replaceAll("}$", ",\"event_name\":\"made_up\"}");
        String second = VALID.replace(name, "").replace("\"session_id\"", name + "\"session_id\"");

        scan(last);
        assertThat(scanner.certainlyValid()).isFalse();
        assertThat(scanner.type()).isNotNull();
        scan(second);
        assertThat(scanner.certainlyValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"event_id\":1,\"event_id\":1}",
                "{\"context\":{\"source\":1,\"source\":2}}",
                "{\"context\":{\"x\":1,\"x\":2}}",
                "{\"x\":[{\"y\":{\"a\":1,\"\\u0061\":2}}]}",
                "{\"properties\":{\"x\":1,\"x\":\"\"}}"
            })
    void aMemberTwiceIsRefusedWhereverItStands(String event) {
        assertThatThrownBy(() -> scan(event)).isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> skip(event)).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void aMemberTwiceIsFoundAmongThousandsAndASiblingsNamesDoNotCount() throws IOException {
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 5000; i++) {
            many.append("\"n").append(i).append("\":{\"same\":1,\"n0\":2},");
        }

        assertThat(skip(many + "\"n5000\":1}")).isEqualTo(JsonToken.END_OBJECT);
        assertThatThrownBy(() -> skip(many + "\"n17\":1}")).isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> skip(many + "\"n3\":1}")).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void aScannerIsOfUseAgainAfterAFault() throws IOException {
        assertThatThrownBy(() -> scan("{\"x\":{\"y\":{\"a\":1,\"a\":2}}}")).isInstanceOf(DuplicateKeyException.class);

        scan(VALID);

        assertThat(scanner.certainlyValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\"", "{\"a\":", "{\"a\":[", "{\"a\":1", "{\"a\" 1}", "{\"a\":01}", "{\"a\":tru}"})
    void faultsOfSyntaxAreThrown(String event) {
        assertThatThrownBy(() -> scan(event)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void theParserIsLeftOnTheLastTokenOfTheEvent() throws IOException {
        byte[] two = ("[" + VALID + ",{}]").getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = json.parser(two, 0, two.length)) {
            parser.nextToken();
            parser.nextToken();

            scanner.scan(parser);

            assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
        }
    }

    @Test
    void numbersThatNobodyConstrainsAreAcceptedAsTheyAre() throws IOException {
        EventScanner free = Compiled.withProperties("{}").newScanner();
        for (String number : List.of("1e400", "-0", "9007199254740993", "0.123456789012345678901234567890", "1E-999")) {
            scan(free, new String(Compiled.event("{\"n\":" + number + "}"), StandardCharsets.UTF_8));
            assertThat(free.certainlyValid()).as(number).isTrue();
        }
    }

    private void scan(String event) throws IOException {
        scan(scanner, event);
    }

    private void scan(EventScanner by, String event) throws IOException {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = json.parser(bytes, 0, bytes.length)) {
            parser.nextToken();
            by.scan(parser);
        }
    }

    private JsonToken skip(String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = json.parser(bytes, 0, bytes.length)) {
            parser.nextToken();
            scanner.skip(parser);
            return parser.currentToken();
        }
    }
}
