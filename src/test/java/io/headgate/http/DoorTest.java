package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The door's plain ways: an event goes through, pages are read, everything else is told where it is wrong. */
class DoorTest {
    @Test
    void aBatchGoesThroughAsItWasPosted() {
        try (OpenDoor gate = OpenDoor.open();
                Client client = gate.client()) {
            Client.Reply reply = client.ask(Client.postJson("[{\"a\":1e400}]"));

            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.text())
                    .isEqualTo("{\"received\":1,\"accepted\":1,\"duplicate\":0,\"rejected\":0,"
                            + "\"stored\":{\"stream\":1,\"journal\":0},\"errors\":[]}");
            AcceptsEverything.Taken taken = gate.road.taken.remove();
            assertThat(taken.source()).isEqualTo("demo");
            assertThat(taken.body()).asString().isEqualTo("[{\"a\":1e400}]");
            assertThat(taken.ndjson()).isFalse();
        }
    }
}
