package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everything that the door holds has a limit, is refused past it, and is given back. */
class LimitsTest {
    @Test
    void asManyConnectionsAsAllowedAndNotOneMore() {
        List<Client> open = new ArrayList<>();
        try (OpenDoor gate = OpenDoor.with().connectionsMax(5).open()) {
            for (int i = 0; i < 5; i++) {
                open.add(gate.client());
            }
            OpenDoor.eventually(() -> gate.connections() == 5);

            try (Client past = gate.client()) {
                assertThat(past.ended()).isTrue();
            }

            open.forEach(client -> assertThat(client.get("/livez").status()).isEqualTo(200));
            assertThat(closed(gate, "over_limit")).isEqualTo(1);
            open.remove(0).close();
            OpenDoor.eventually(() -> gate.connections() == 4);
            open.add(gate.client());
            assertThat(open.get(4).get("/livez").status()).isEqualTo(200);
        } finally {
            open.forEach(Client::close);
        }
    }

    @Test
    void bytesInFlightAreTakenUpToTheLimitAndRefusedPastIt() {
        try (OpenDoor gate = OpenDoor.with().inFlightBytesMax(100).open();
                Client first = gate.client();
                Client second = gate.client()) {
            gate.road.hold = true;
            first.send(json(60));
            OpenDoor.eventually(() -> gate.road.held.size() == 1);
            second.send(json(40));
            OpenDoor.eventually(() -> gate.road.held.size() == 2);
            assertThat(gate.inFlight()).isEqualTo(100);

            try (Client third = gate.client()) {
                Client.Reply reply = third.ask(json(1));

                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.header("retry-after")).isEqualTo("1");
                assertThat(reply.text()).contains("urn:headgate:problem:in-flight");
                assertThat(third.get("/livez").status()).isEqualTo(200);
            }
            gate.road.held.forEach(held -> held.complete(gate.road.answer));
            assertThat(first.reply().status()).isEqualTo(202);
            assertThat(second.reply().status()).isEqualTo(202);
            assertThat(gate.inFlight()).isZero();
        }
    }

    @Test
    void receivedBytesCountWhileTheyCome() {
        try (OpenDoor gate = OpenDoor.with().inFlightBytesMax(100).open();
                Client slow = gate.client();
                Client other = gate.client()) {
            slow.send(Client.postHead("Content-Length: 1000")).send("x".repeat(100));
            OpenDoor.eventually(() -> gate.inFlight() == 100);

            assertThat(other.ask(json(1)).status()).isEqualTo(503);
            assertThat(slow.send("x").reply().status()).isEqualTo(503);

            OpenDoor.eventually(() -> gate.inFlight() == 0);
            assertThat(other.ask(json(100)).status()).isEqualTo(202);
        }
    }

    @Test
    void inflatedBytesCountUntilTheAnswer() {
        byte[] body = GunzipTest.gzip(new byte[5_000]);
        try (OpenDoor gate =
                        OpenDoor.with().inFlightBytesMax(5_000 + body.length).open();
                Client first = gate.client();
                Client second = gate.client()) {
            gate.road.hold = true;
            first.send(gzipped(body));
            OpenDoor.eventually(() -> gate.road.held.size() == 1);

            assertThat(gate.inFlight()).isEqualTo(5_000);
            assertThat(second.ask(gzipped(body)).status()).isEqualTo(503);
            gate.road.held.remove().complete(gate.road.answer);

            assertThat(first.reply().status()).isEqualTo(202);
            assertThat(gate.inFlight()).isZero();
        }
    }

    @Test
    void aClientThatGoesInTheMiddleOfItsBodyLeavesNothingBehind() {
        try (OpenDoor gate = OpenDoor.open()) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                clients.add(gate.client()
                        .send(Client.postHead("Content-Length: 1000"))
                        .send("x".repeat(500)));
            }
            OpenDoor.eventually(() -> gate.inFlight() == 25_000);

            clients.forEach(Client::close);

            OpenDoor.eventually(() -> gate.inFlight() == 0 && gate.connections() == 0);
            assertThat(gate.ended(Reason.CLIENT_GONE)).isEqualTo(50);
            assertThat(gate.road.taken).isEmpty();
        }
    }

    @Test
    void aClientThatGoesBeforeItsAnswerIsStillServedAndThenForgotten() {
        try (OpenDoor gate = OpenDoor.open()) {
            gate.road.hold = true;
            try (Client client = gate.client()) {
                client.send(json(300));
                OpenDoor.eventually(() -> gate.road.held.size() == 1);
            }
            OpenDoor.eventually(() -> gate.connections() == 0);
            assertThat(gate.inFlight()).isEqualTo(300);

            gate.road.held.remove().complete(gate.road.answer);

            OpenDoor.eventually(() -> gate.inFlight() == 0);
            assertThat(gate.ended(Reason.CLIENT_GONE)).isEqualTo(1);
        }
    }

    @Test
    void requestsASecondAreCountedForEachSource() {
        SteeredClock clock = SteeredClock.standing();
        SourceSettings slow = new SourceSettings("slow", "slow", List.of("*"), 3, 0);
        SourceSettings free = new SourceSettings("free", "free", List.of("*"), 0, 0);
        try (OpenDoor gate = OpenDoor.with().sources(slow, free).clock(clock).open();
                Client client = gate.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.ask(as("slow")).status()).isEqualTo(202);
            }

            Client.Reply reply = client.ask(as("slow"));

            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.header("retry-after")).isEqualTo("1");
            assertThat(reply.text()).contains("urn:headgate:problem:request-rate", "3 requests a second");
            assertThat(client.ask(as("free")).status()).isEqualTo(202);
            clock.pass(Duration.ofSeconds(1));
            assertThat(client.ask(as("slow")).status()).isEqualTo(202);
        }
    }

    @Test
    void theRoadAsksForTheEventsOfASecond() {
        SteeredClock clock = SteeredClock.standing();
        SourceSettings source = new SourceSettings("demo", "demo", List.of("*"), 0, 10);
        try (OpenDoor gate = OpenDoor.with().sources(source).clock(clock).open();
                Client client = gate.client()) {
            client.ask(json(2));
            var rate = gate.road.taken.remove().rate();

            assertThat(rate.take(10)).isEmpty();
            assertThat(rate.take(1)).contains(Duration.ofMillis(100));
            clock.pass(Duration.ofMillis(100));
            assertThat(rate.take(1)).isEmpty();
        }
    }

    private static double closed(OpenDoor gate, String reason) {
        return gate.metric("headgate_http_connections_closed_total{reason=\"" + reason + "\"}");
    }

    private static byte[] json(int length) {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) ' ');
        return Client.post("Content-Type: application/json\r\n", body);
    }

    private static byte[] gzipped(byte[] body) {
        return Client.post("Content-Type: application/json\r\nContent-Encoding: gzip\r\n", body);
    }

    private static String as(String key) {
        return Client.head(
                        "POST /v1/events HTTP/1.1",
                        "Host: gate",
                        "X-Write-Key: " + key,
                        "Content-Type: application/json",
                        "Content-Length: 2")
                + "{}";
    }
}
