package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.headgate.outbound.Secrets;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final Loop loop = new Loop();
    private final PlayingReceiver outside = PlayingReceiver.playing(answer(200));
    private final Heartbeat heartbeat = heartbeat(outside.url("/ping/0123456789"));

    @AfterEach
    void close() {
        outside.close();
        loop.close();
    }

    @Test
    void aBeatIsOneGet() {
        loop.run(heartbeat::beat);

        assertThat(outside.request(1).method()).isEqualTo("GET");
        assertThat(outside.request(1).path()).isEqualTo("/ping/0123456789");
        Eventually.isTrue(() -> heartbeat.health().lastSuccessMillis() == loop.clock.wallMillis());
    }

    @Test
    void aBeatThatFailsIsNotMadeUpForAndTheNextOneShowsThatItIsWellAgain() {
        outside.play(answer(500));
        loop.run(heartbeat::beat);
        Eventually.isTrue(() -> heartbeat.health().failing());
        loop.pass(Post.DEADLINE.multipliedBy(10));
        assertThat(outside.requests()).hasSize(1);

        outside.play(answer(204));
        loop.run(heartbeat::beat);

        Eventually.isTrue(() -> !heartbeat.health().failing());
        assertThat(heartbeat.health().lastAnswer()).isEqualTo("204");
    }

    @Test
    void beatsDoNotPileUpBehindOneThatHangs() {
        outside.play(PlayingReceiver.hang());
        loop.run(heartbeat::beat);
        outside.request(1);

        loop.run(heartbeat::beat);
        loop.pass(Post.DEADLINE);
        Eventually.isTrue(() -> heartbeat.health().failing());
        assertThat(outside.requests()).hasSize(1);
        loop.run(heartbeat::beat);

        assertThat(outside.request(2).method()).isEqualTo("GET");
    }

    private Heartbeat heartbeat(URI url) {
        return new Heartbeat(
                new Post(loop.vertx, url, new Secrets(url, List.of()), Post.DEADLINE, loop.clock, loop), loop.clock);
    }
}
