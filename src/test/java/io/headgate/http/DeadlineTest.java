package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** No client keeps a connection for longer than its request may take, however slowly it sends. */
class DeadlineTest {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofHours(1);
    private static final String HEAD = Client.postHead("Content-Length: 100");

    @Test
    void aThousandSlowBodiesEndAtTheDeadlineWhileAHealthyClientIsAnswered() throws InterruptedException {
        List<Client> slow = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        try (OpenDoor gate = OpenDoor.with().requestDeadline(SHORT).open();
                Client healthy = gate.client()) {
            for (int i = 0; i < 1_000; i++) {
                slow.add(gate.client().send(HEAD));
            }
            Thread trickle = new Thread(() -> trickle(slow, over));
            trickle.start();

            assertThat(healthy.ask(Client.postJson("{}")).status()).isEqualTo(202);
            for (Client client : slow) {
                Client.Reply reply = client.reply();
                assertThat(reply.status()).isEqualTo(408);
                assertThat(reply.header("connection")).isEqualTo("close");
                assertThat(client.ended()).isTrue();
            }
            over.set(true);
            trickle.join();

            assertThat(healthy.ask(Client.postJson("{}")).status()).isEqualTo(202);
            assertThat(gate.ended(Reason.DEADLINE)).isEqualTo(1_000);
            assertThat(gate.road.taken).hasSize(2);
            assertThat(gate.inFlight()).isZero();
        } finally {
            over.set(true);
            slow.forEach(Client::close);
        }
    }

    @Test
    void slowHeadersEndAtTheDeadlineThoughTheyKeepComing() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        try (OpenDoor gate = OpenDoor.with().requestDeadline(SHORT).open();
                Client client = gate.client()) {
            client.send("POST /v1/events HTTP/1.1\r\nX-Slow: ");
            Thread trickle = new Thread(() -> trickle(List.of(client), over));
            trickle.start();

            Client.Reply reply = client.reply();
            over.set(true);
            trickle.join();

            assertThat(reply.status()).isEqualTo(408);
            assertThat(reply.text()).contains("urn:headgate:problem:deadline");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void headersThatBeginBehindAnotherRequestEndAtTheDeadlineToo() {
        try (OpenDoor gate = OpenDoor.with().requestDeadline(SHORT).open();
                Client client = gate.client()) {
            assertThat(client.ask("GET /livez HTTP/1.1\r\nHost: gate\r\n\r\nPOST /v1/ev")
                            .status())
                    .isEqualTo(200);

            assertThat(client.reply().status()).isEqualTo(408);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void theTimeOfAPipelinedRequestDoesNotRunWhileAnEarlierOneIsAnswered() {
        try (OpenDoor gate = OpenDoor.with().requestDeadline(LONG).open();
                Client client = gate.client()) {
            gate.road.hold = true;
            client.send(Client.postJson("{}")).send(HEAD);
            OpenDoor.eventually(() -> gate.road.held.size() == 1);
            gate.clock.pass(LONG.plusSeconds(1));

            gate.road.hold = false;
            gate.road.held.remove().complete(gate.road.answer);

            assertThat(client.reply().status()).isEqualTo(202);
            assertThat(client.ask("x".repeat(100)).status()).isEqualTo(202);
        }
    }

    @Test
    void aRefusedBodyThatNeverEndsIsCutOff() {
        try (OpenDoor gate = OpenDoor.with().requestDeadline(SHORT).open();
                Client client = gate.client()) {
            assertThat(client.ask(HEAD.replace("demo", "nobody")).status()).isEqualTo(401);

            assertThat(client.ended()).isTrue();
            OpenDoor.eventually(() -> gate.connections() == 0);
        }
    }

    @Test
    void aSlowAnswerIsNotTheClientsFault() {
        try (OpenDoor gate = OpenDoor.with().requestDeadline(LONG).open();
                Client client = gate.client()) {
            gate.road.hold = true;
            client.send(Client.postJson("{}"));
            OpenDoor.eventually(() -> gate.road.held.size() == 1);
            gate.clock.pass(LONG.multipliedBy(2));
            gate.clock.pass(Connection.KEEP_ALIVE);
            OpenDoor.eventually(() -> gate.client().get("/livez").status() == 200);

            gate.road.held.remove().complete(gate.road.answer);

            assertThat(client.reply().status()).isEqualTo(202);
        }
    }

    @Test
    void anIdleConnectionIsClosedAfterTheKeepAliveTimeAndNotBefore() {
        try (OpenDoor gate = OpenDoor.open();
                Client silent = gate.client();
                Client used = gate.client()) {
            OpenDoor.eventually(() -> gate.connections() == 2);
            gate.clock.pass(Connection.KEEP_ALIVE.minusSeconds(20));
            assertThat(used.get("/livez").status()).isEqualTo(200);
            gate.clock.pass(Duration.ofSeconds(40));

            assertThat(silent.ended()).isTrue();
            assertThat(used.get("/livez").status()).isEqualTo(200);
            gate.clock.pass(Connection.KEEP_ALIVE.plusSeconds(1));
            assertThat(used.ended()).isTrue();
        }
    }

    private static void trickle(List<Client> clients, AtomicBoolean over) {
        byte[] one = {'x'};
        while (!over.get()) {
            clients.forEach(client -> client.push(one));
            LockSupport.parkNanos(10_000_000);
        }
    }
}
