package io.headgate.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.event.Fault;
import io.headgate.event.FaultCode;
import io.headgate.event.Rejection;
import io.headgate.event.Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sender is told. */
class ExplainTest {
    private static final String VALID = new String(Compiled.event("{}"), StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"string\"}; 1; type; must be a string",
                "{\"type\":[\"string\",\"null\"]}; 1; type; must be a string or null",
                "{\"type\":\"integer\"}; 1.5; type; must be a whole number",
                "{\"enum\":[\"web\",\"mobile\",\"api\"]}; \"tv\"; enum; must be one of web, mobile, api",
                "{\"const\":1}; 2; const; must be 1",
                "{\"minLength\":1}; \"\"; minLength; must have at least 1 character",
                "{\"maxLength\":2}; \"secret\"; maxLength; must have at most 2 characters",
                "{\"minimum\":1}; 0; minimum; must be at least 1",
                "{\"maximum\":1}; 2; maximum; must be at most 1",
                "{\"exclusiveMinimum\":0}; 0; exclusiveMinimum; must be greater than 0",
                "{\"exclusiveMaximum\":1}; 1; exclusiveMaximum; must be less than 1",
                "{\"multipleOf\":2}; 9007199254740993; multipleOf; must be a multiple of 2",
                "{\"pattern\":\"^[A-Z]{3}$\"}; \"eur\"; pattern; must match the pattern ^[A-Z]{3}$",
                "{\"format\":\"uuid\"}; \"x\"; format; must be a UUID",
                "{\"format\":\"date-time\"}; \"x\"; format; must be an RFC 3339 date-time such as 2026-11-20T08:00:00Z",
                "{\"format\":\"email\"}; \"x\"; format; must be an email address",
                "{\"not\":{\"enum\":[\"a\",\"b\"]}}; \"b\"; not; must not be one of a, b"
            })
    void everyKeywordSaysWhatIsAllowedAndNotWhatWasSent(String schema, String value, String keyword, String message) {
        Taxonomy taxonomy = Compiled.withProperties("{\"properties\":{\"x\":" + schema + "}}");

        List<Fault> faults = Compiled.explain(taxonomy, Compiled.event("{\"x\":" + value + "}"));

        assertThat(faults).containsExactly(new Fault(FaultCode.SCHEMA, "/properties/x", keyword, message));
    }

    @Test
    void aMissingMemberIsNamedByThePointer() {
        assertThat(envelope(VALID.replace(",\"device_type\":\"web\"", "")))
                .containsExactly(new Fault(FaultCode.SCHEMA, "/context/device_type", "required", "is required"));
        assertThat(envelope(VALID.replace("\"user_id\":null,", "")))
                .containsExactly(new Fault(FaultCode.SCHEMA, "/user_id", "required", "is required"));
    }

    @Test
    void anUnknownMemberIsNamedByThePointerAndTheLikelyOneByTheMessage() {
        assertThat(envelope(VALID.replace("\"source\":\"a\"", "\"source\":\"a\",\"deviceType\":\"web\"")))
                .containsExactly(new Fault(
                        FaultCode.SCHEMA,
                        "/context/deviceType",
                        "additionalProperties",
                        "is not allowed here; did you mean device_type?"));
        assertThat(envelope(VALID.replace("\"user_id\"", "\"a/b~c\":1,\"user_id\"")))
                .containsExactly(
                        new Fault(FaultCode.SCHEMA, "/a~1b~0c", "additionalProperties", "is not allowed here"));
    }

    @Test
    void aMemberThatBeginsWithAHashSignIsAnUnknownMemberToo() {
        assertThat(envelope(VALID.replace("\"user_id\"", "\"#note\":1,\"user_id\"")))
                .extracting(Fault::pointer)
                .containsExactly("/#note");
    }

    @Test
    void aVeryLongNameIsCutInThePointer() {
        String name = "x".repeat(20_000);

        assertThat(envelope(VALID.replace("\"user_id\"", "\"" + name + "\":1,\"user_id\"")))
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault.pointer()).hasSizeLessThan(200).endsWith("…"));
    }

    @Test
    void noMoreFaultsAreToldThanARejectionHolds() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            many.append("\"unknown_").append(i).append("\":1,");
        }

        assertThat(envelope(VALID.replace("\"user_id\"", many + "\"user_id\"")))
                .hasSize(Rejection.FAULTS_MAX)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
        "fFfFfFfF-ffff-FFFF-ffff-ffffffffffff"
    })
    void theNilAndTheMaxUuidNameNoEvent(String id) {
        assertThat(envelope(VALID.replace("6f1c0000-4b1e-4c7a-9d2f-5a3d9e110000", id)))
                .singleElement()
                .satisfies(fault -> assertThat(fault.pointer()).isEqualTo("/event_id"));
    }

    @Test
    void whatIsNotAnObjectIsToldSo() {
        assertThat(envelope("[]")).containsExactly(new Fault(FaultCode.SCHEMA, "", "type", "must be an object"));
    }

    @Test
    void whatIsNoJsonAfterAllIsToldSo() {
        assertThat(envelope("{\"a\":1,\"a\":2}")).extracting(Fault::code).containsExactly(FaultCode.NOT_JSON);
        assertThat(envelope("{} {}")).extracting(Fault::code).containsExactly(FaultCode.NOT_JSON);
        assertThat(envelope("")).extracting(Fault::code).containsExactly(FaultCode.NOT_JSON);
    }

    private static List<Fault> envelope(String event) {
        return Shipped.taxonomy().explain(Slice.of(event.getBytes(StandardCharsets.UTF_8)), null);
    }
}
