package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answerWith;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.headgate.Eventually;
import io.headgate.alert.PlayingReceiver.Play;
import io.headgate.meter.Meters;
import io.headgate.outbound.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever receivers answer, and though they repeat every secret: none is in a log line, a status or a metric. */
class SecrecyTest {
    private static final String WHSEC = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    /** What must not be seen of a receiver, which its answers repeat. */
    private static final Map<String, List<String>> SECRETS = Map.of(
            "chat", List.of("T0SECRET1", "B0SECRET2", "xoxSecretToken33"),
            "oncall", List.of("R0UTINGKEY0123456789"),
            "am", List.of("aM-private-path"),
            "hook", List.of("quErySecret", WHSEC),
            "beat", List.of("beat-0123-4567"));

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger own = (Logger) LoggerFactory.getLogger("io.headgate");
    private final Level rootBefore = root.getLevel();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            shown.add(event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    };

    private final Loop loop = new Loop();
    private final Meters meters = new Meters();
    private final PlayingReceiver outside = PlayingReceiver.playing(PlayingReceiver.answer(200));

    @BeforeEach
    void listen() {
        root.setLevel(Level.INFO);
        own.setLevel(Level.TRACE);
        appender.start();
        root.addAppender(appender);
    }

    @AfterEach
    void close() {
        root.detachAppender(appender);
        own.setLevel(null);
        root.setLevel(rootBefore);
        outside.close();
        meters.close();
        loop.close();
    }

    @Test
    void noSecretIsShownWhateverIsAnswered() {
        for (ReceiverSettings receiver : receivers()) {
            for (Play play : plays(SECRETS.get(receiver.name()))) {
                outside.play(play);
                shown.add(outcome(receiver));
            }
            shown.add(receiver.toString());
        }
        for (Play play : plays(SECRETS.get("beat"))) {
            outside.play(play);
            shown.add(beat());
        }
        shown.add(new HeartbeatSettings(outside.url("/beat-0123-4567"), Duration.ofMinutes(1)).toString());

        assertThat(shown).hasSizeGreaterThan(200);
        assertThat(shown.stream().filter(SecrecyTest::holdsASecret)).isEmpty();
    }

    private static boolean holdsASecret(String text) {
        return SECRETS.values().stream().flatMap(List::stream).anyMatch(text::contains);
    }

    /** All that an attempt leaves behind: its fate or its rest, the status, the metrics. */
    private String outcome(ReceiverSettings receiver) {
        try (Meters own = new Meters()) {
            Courier courier = Couriers.courier(loop.vertx, receiver, loop.clock, loop, own);
            int before = outside.requests().size();
            loop.run(() -> courier.send(Notices.silent("n1", "shop")));
            outside.request(before + 1);
            Eventually.isTrue(() -> {
                loop.pass(Post.DEADLINE);
                return courier.status().attempts() > 0;
            });
            String left = courier.status() + own.scrape();
            loop.on(courier::stop);
            return left;
        }
    }

    private String beat() {
        URI url = outside.url("/beat-0123-4567");
        Heartbeat heartbeat = new Heartbeat(
                new Post(loop.vertx, url, new Secrets(url, List.of()), Post.DEADLINE, loop.clock, loop), loop.clock);
        int before = outside.requests().size();
        loop.run(heartbeat::beat);
        outside.request(before + 1);
        Eventually.isTrue(() -> {
            loop.pass(Post.DEADLINE);
            return !heartbeat.health().lastAnswer().isEmpty();
        });
        return heartbeat.health().lastAnswer();
    }

    private static List<Play> plays(List<String> secrets) {
        String all = String.join("/", secrets);
        String nl = "\r\n";
        List<Play> plays = new ArrayList<>(List.of(
                PlayingReceiver.hangUp(),
                PlayingReceiver.reset(),
                PlayingReceiver.hang(),
                PlayingReceiver.endlessBody(200),
                PlayingReceiver.endlessBody(500),
                PlayingReceiver.endlessHead(),
                PlayingReceiver.hugeHeader(),
                PlayingReceiver.garbage("SSH-" + all + nl + nl),
                PlayingReceiver.garbage("HTTP/1.1 " + all + " OK" + nl + nl),
                PlayingReceiver.garbage("HTTP/1.1 200 " + all + nl + "Content-Length: " + all + nl + nl),
                PlayingReceiver.garbage("HTTP/1.1 200 OK" + nl + all + "\u0000" + nl + nl),
                PlayingReceiver.garbage("HTTP/1.1 500 " + all + nl + "Transfer-Encoding: chunked" + nl + nl + all + nl),
                PlayingReceiver.garbage("HTTP/1.1 101 " + all + nl + "Upgrade: " + all + nl + nl)));
        for (int status : new int[] {200, 202, 204, 301, 400, 403, 404, 408, 410, 429, 500, 503}) {
            plays.add(answerWith(status, all, "Location: http://127.0.0.1:1/" + all, "Retry-After: " + all));
        }
        return plays;
    }

    private List<ReceiverSettings> receivers() {
        URI slack = outside.url("/services/T0SECRET1/B0SECRET2/xoxSecretToken33");
        URI hook = outside.url("/hook?token=quErySecret");
        return List.of(
                new ReceiverSettings.Slack("chat", slack, Notices.ALL),
                new ReceiverSettings.PagerDuty(
                        "oncall", outside.url("/v2/enqueue"), "R0UTINGKEY0123456789", Notices.ALL),
                new ReceiverSettings.Alertmanager("am", outside.url("/aM-private-path"), Notices.ALL),
                new ReceiverSettings.Webhook("hook", hook, List.of("whsec_" + WHSEC), Notices.ALL));
    }
}
