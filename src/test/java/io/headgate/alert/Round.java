package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;

import io.headgate.Eventually;
import io.headgate.meter.Meters;
import io.headgate.outbound.Secrets;
import io.vertx.core.Future;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A courier on its round: its receiver answers as a test wants, its clock stands still. */
final class Round implements AutoCloseable {
    /** Half of what it may give: no jitter. */
    private static final RandomGenerator MIDDLE = () -> Long.MIN_VALUE;

    final Loop loop = new Loop();
    final Meters meters = new Meters();
    final PlayingReceiver receiver = PlayingReceiver.playing(answer(200));
    final Courier courier = slack("chat", receiver);

    Future<Fate> send(Notice notice) {
        return loop.on(() -> courier.send(notice));
    }

    /** Waits until that many attempts were answered and the next one is due some time. */
    void awaitRest(int attempts) {
        Eventually.isTrue(() -> courier.status().attempts() == attempts && loop.timers() == 1);
    }

    Courier slack(String name, PlayingReceiver to) {
        return courier(new ReceiverSettings.Slack(name, to.url("/services/hook"), Set.of(Priority.P0)));
    }

    Courier courier(ReceiverSettings settings) {
        Format format = Couriers.format(settings);
        Post post = new Post(
                loop.vertx,
                format.target(),
                new Secrets(settings.url(), format.secrets()),
                Post.DEADLINE,
                loop.clock,
                loop);
        return new Courier(settings, format, post, MIDDLE, loop.clock, loop, meters);
    }

    @Override
    public void close() {
        loop.on(courier::stop);
        receiver.close();
        meters.close();
        loop.close();
    }
}
