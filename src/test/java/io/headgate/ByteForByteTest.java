package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on the stream is what was posted, byte for byte. */
class ByteForByteTest {
    private static RunningGateway gateway;

    @BeforeAll
    static void start(@TempDir Path dir) {
        gateway = RunningGateway.start(dir);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-0",
                "-0.0e-0",
                "9007199254740993",
                "0.123456789012345678901234567890",
                "1.50E+2",
                "123456789012345678901234567890.5"
            })
    void aNumberArrivesAsItWasWritten(String value) {
        arrives("{ \"form\" : \"contact\",\t\"value\":" + value + " }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u0041\\/\\ud83d\\ude00\\n",
                "gr\u00fc\u00dfe \u65e5\u672c \ud83d\ude00",
                "\\ud800 alone",
                "  spaces  "
            })
    void aTextArrivesAsItWasWritten(String text) {
        arrives("{\"offer\":\"" + text + "\",\r\n\"form\":\"contact\"}");
    }

    @Test
    void anEventsEscapedAndReorderedMembersArriveAsTheyWereWritten() {
        String event = "{\"context\":{\"device_type\":\"w\\u0065b\",\"medium\":\"cpc\",\"source\":\"google\"} ,"
                + "\"properties\":{\"path\":\"\\/\"},\"user_id\":null,\"session_id\":\"\\u00fc\",\"event_name\":\"page\\u005fview\","
                + "\"timestamp\":\"2026-11-20T08:00:00+01:00\",\"\\u0065vent_id\":\"" + UUID.randomUUID() + "\"}";

        Posts.Reply reply = gateway.posts().post(event);

        assertThat(reply.counts()).as(reply.json().encode()).isEqualTo("1/1/0/0");
        assertThat(gateway.streamedEvents()).contains(event);
    }

    private static void arrives(String properties) {
        String event = Posts.event(UUID.randomUUID(), "s", "lead_submitted", properties);

        Posts.Reply reply =
                gateway.posts().post("[\n " + event + "\r\n, " + Posts.event(UUID.randomUUID(), "s") + "\t]");

        assertThat(reply.counts()).as(reply.json().encode()).isEqualTo("2/2/0/0");
        assertThat(gateway.streamedEvents()).contains(event);
    }
}
