package io.headgate.alert;

import io.headgate.meter.Meters;
import io.headgate.outbound.Secrets;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The couriers of all receivers, one for each. Belongs to the loop of the alerting, but for what says otherwise. */
public final class Couriers {
    private static final Logger LOG = LoggerFactory.getLogger(Couriers.class);

    private static final String TEST_SUMMARY = "A test of Headgate's alerts";
    private static final GatewayNow NOT_ASKED = new GatewayNow("not asked", 0, 0, 0);

    private final List<Courier> couriers;
    private final String runbook;
    private final Clock clock;

    /** @param timers whose actions run on the loop that asked */
    public Couriers(Vertx vertx, AlertSettings settings, Clock clock, Timers timers, Meters meters) {
        this.couriers = settings.receivers().stream()
                .map(receiver -> courier(vertx, receiver, clock, timers, meters))
                .toList();
        this.runbook = settings.runbook();
        this.clock = clock;
        if (settings.receivers().stream()
                .anyMatch(receiver -> "https".equalsIgnoreCase(receiver.url().getScheme()))) {
            // the first use of TLS takes some tenths of a second, which shall not be those of a page
            vertx.executeBlocking(SSLContext::getDefault, false)
                    .onFailure(why -> LOG.error("no receiver with https can be told, for there is no TLS", why));
        }
    }

    static Courier courier(Vertx vertx, ReceiverSettings receiver, Clock clock, Timers timers, Meters meters) {
        Format format = format(receiver);
        Secrets secrets = new Secrets(receiver.url(), format.secrets());
        Post post = new Post(vertx, format.target(), secrets, Post.DEADLINE, clock, timers);
        return new Courier(receiver, format, post, RandomGenerator.getDefault(), clock, timers, meters);
    }

    /** How a receiver of these settings wants to be told. */
    static Format format(ReceiverSettings receiver) {
        if (receiver instanceof ReceiverSettings.PagerDuty pagerDuty) {
            return new PagerDutyFormat(pagerDuty);
        }
        if (receiver instanceof ReceiverSettings.Alertmanager alertmanager) {
            return new AlertmanagerFormat(alertmanager);
        }
        if (receiver instanceof ReceiverSettings.Slack slack) {
            return new SlackFormat(slack);
        }
        return new WebhookFormat((ReceiverSettings.Webhook) receiver);
    }

    /** One for each receiver, in the order of the configuration. */
    List<Courier> all() {
        return couriers;
    }

    /** How each does; may be asked by anybody. */
    public List<ReceiverStatus> status() {
        return couriers.stream().map(Courier::status).toList();
    }

    /**
     * Sends a test alert to each receiver, whatever its priorities, and where it was taken its resolution, so that no
     * incident stays open.
     *
     * @param receiver the only one to be tested; empty: each
     * @param instance as in other alerts' keys
     * @return one result for each receiver; none when there is no such receiver. Never fails.
     */
    public Future<List<TestResult>> test(Optional<String> receiver, String instance) {
        List<Future<TestResult>> results = couriers.stream()
                .filter(courier -> receiver.isEmpty()
                        || receiver.get().equals(courier.settings().name()))
                .map(courier -> test(courier, instance))
                .toList();
        return Future.all(results)
                .map(done -> results.stream().map(Future::result).toList());
    }

    private Future<TestResult> test(Courier courier, String instance) {
        long began = clock.nanos();
        return courier.test(notice(courier, instance, Notice.Status.FIRING)).compose(fired -> {
            long millis = (clock.nanos() - began) / 1_000_000;
            if (!fired.delivered()) {
                return Future.succeededFuture(result(courier, false, fired.words(), millis));
            }
            return courier.test(notice(courier, instance, Notice.Status.RESOLVED))
                    .map(resolved -> result(
                            courier,
                            resolved.delivered(),
                            fired.words() + ", its resolution " + resolved.words(),
                            millis));
        });
    }

    private static TestResult result(Courier courier, boolean ok, String answer, long millis) {
        return new TestResult(courier.settings().name(), courier.settings().type(), ok, answer, millis);
    }

    /** As urgent as whatever the receiver gets, so that a test shows whether the phone rings. */
    private Notice notice(Courier courier, String instance, Notice.Status status) {
        long now = clock.wallMillis();
        return new Notice(
                UUID.randomUUID().toString(),
                new AlertKey(instance, AlertName.TEST, ""),
                courier.settings().priorities().contains(Priority.P0) ? Priority.P0 : Priority.P1,
                status,
                now,
                now,
                TEST_SUMMARY,
                List.of(AlertName.TEST.lookFirst()),
                null,
                NOT_ASKED,
                runbook);
    }

    /** Attempts no more. */
    public Future<Void> stop() {
        return Future.all(couriers.stream().map(Courier::stop).toList()).mapEmpty();
    }
}
