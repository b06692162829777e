package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoop;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void itHasAsManyLanesAsItIsTold(int lanes) {
        List<Client> clients = new ArrayList<>();
        try (OpenDoor gate = OpenDoor.with().lanes(lanes).open()) {
            gate.road.hold = true;

            for (int i = 0; i < 4 * lanes; i++) {
                clients.add(gate.client().send(Client.postJson("{}")));
            }
            OpenDoor.eventually(() -> gate.road.held.size() == clients.size());

            assertThat(gate.road.held.stream().map(DoorTest::eventLoop).distinct())
                    .hasSize(lanes);
            gate.road.held.forEach(held -> held.complete(gate.road.answer));
            clients.forEach(client -> assertThat(client.reply().status()).isEqualTo(202));
        } finally {
            clients.forEach(Client::close);
        }
    }

    @Test
    void withoutALaneThereIsNoDoor() {
        assertThatThrownBy(() -> OpenDoor.with().lanes(0).open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 0");
    }

    @Test
    void aPortThatIsTakenIsNamedWithItsSetting() {
        try (OpenDoor first = OpenDoor.open()) {
            assertThatThrownBy(() -> OpenDoor.with().port(first.port).open())
                    .isInstanceOf(CannotListenException.class)
                    .hasMessage("http.port " + first.port + " on 127.0.0.1 is taken; set http.port");
        }
    }

    @Test
    void aHostThatIsNotThisMachinesIsNamedWithItsSetting() {
        assertThatThrownBy(() -> OpenDoor.with().host("192.0.2.1").open())
                .isInstanceOf(CannotListenException.class)
                .hasMessage("http.host 192.0.2.1 is no address of this machine; set http.host");
    }

    private static EventLoop eventLoop(AcceptsEverything.Held held) {
        return ((ContextInternal) held.caller()).nettyEventLoop();
    }
}
