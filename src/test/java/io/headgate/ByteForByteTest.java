package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on the stream is what was posted, byte for byte. */
class ByteForByteTest {
    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-0",
                "9007199254740993",
                "0.123456789012345678901234567890",
                "-1.50E+2",
                "\"\\u0041\\/\\ud83d\\ude00\\n\"",
                "\"gr\u00fc\u00dfe \u65e5\u672c \ud83d\ude00\"",
                "  true"
            })
    void aPropertyArrivesAsItWasWritten(String value) {
        String event = Posts.event(
                UUID.randomUUID(), "s", "feature_used", "{ \"feature\" : \"x\",\t\"detail\":" + value + " }");

        try (RunningGateway gateway = RunningGateway.start(dir)) {
            Posts.Reply reply =
                    gateway.posts().post("[\n " + event + "\r\n, " + Posts.event(UUID.randomUUID(), "s") + "]");

            assertThat(reply.counts()).as(reply.json().encode()).isEqualTo("2/2/0/0");
            assertThat(gateway.streamedEvents()).contains(event);
        }
    }

    @Test
    void anEventsEscapedAndReorderedMembersArriveAsTheyWereWritten() {
        String event = "{\"context\":{\"device_type\":\"w\\u0065b\",\"medium\":\"cpc\",\"source\":\"google\"} ,"
                + "\"properties\":{\"path\":\"\\/\"},\"user_id\":null,\"session_id\":\"\\u00fc\",\"event_name\":\"page\\u005fview\","
                + "\"timestamp\":\"2026-11-20T08:00:00+01:00\",\"\\u0065vent_id\":\"" + UUID.randomUUID() + "\"}";

        try (RunningGateway gateway = RunningGateway.start(dir)) {
            Posts.Reply reply = gateway.posts().post(event);

            assertThat(reply.counts()).as(reply.json().encode()).isEqualTo("1/1/0/0");
            assertThat(gateway.streamedEvents()).containsExactly(event);
        }
    }
}
