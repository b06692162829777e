package io.headgate.manage;

import io.headgate.alert.AlertName;
import io.headgate.alert.Alerting;
import io.headgate.alert.Silence;
import io.headgate.alert.TestResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an operator does about alerts:
 *
 * <pre>
 *   GET    /alerts                                          firing, recent, receivers, silences
 *   POST   /alerts/test?receiver=NAME                       to one receiver, or to each
 *   POST   /alerts/acknowledge?alert=JournalCorrupt
 *   GET    /alerts/silences
 *   POST   /alerts/silences?alert=NAME&amp;source=S&amp;for=2h&amp;reason=TEXT
 *   DELETE /alerts/silences/ID
 * </pre>
 */
public final class AlertsPage implements Page, StatusPage.Section {
    private static final Duration SILENCE_MAX = Duration.ofDays(30);
    private static final int LABELS_SHOWN_MAX = 10;

    private final Alerting alerting;

    public AlertsPage(Alerting alerting) {
        this.alerting = alerting;
    }

    /** {@code lead_flow}, where events come in, and {@code alerts}. */
    @Override
    public Future<JsonObject> read() {
        JsonObject page = new JsonObject();
        alerting.leadFlow().ifPresent(flow -> page.put("lead_flow", AlertsJson.leadFlow(flow)));
        return alerting.status().map(alerts -> page.put("alerts", AlertsJson.of(alerts)));
    }

    @Override
    public void routes(Router router) {
        router.get("/alerts")
                .handler(context -> answer(context, alerting.status().map(AlertsJson::of)));
        router.post("/alerts/test").handler(this::test);
        router.post("/alerts/acknowledge").handler(this::acknowledge);
        router.get("/alerts/silences").handler(this::silences);
        router.post("/alerts/silences").handler(this::silence);
        router.delete("/alerts/silences/:id").handler(this::endSilence);
    }

    private void test(RoutingContext context) {
        Optional<String> receiver = Optional.ofNullable(context.request().getParam("receiver"));
        alerting.test(receiver).onComplete(results -> tested(context, results), context::fail);
    }

    private static void tested(RoutingContext context, List<TestResult> results) {
        if (results.isEmpty()) {
            Problem.send(context, 404, "no such receiver", "alerts.receivers in the configuration names them");
            return;
        }
        JsonArray answers = new JsonArray();
        results.forEach(result -> answers.add(new JsonObject()
                .put("receiver", result.receiver())
                .put("type", result.type())
                .put("delivered", result.ok())
                .put("answer", result.answer())
                .put("took_ms", result.millis())));
        boolean all = results.stream().allMatch(TestResult::ok);
        ManagementPort.json(context, all ? 200 : 502, new JsonObject().put("receivers", answers));
    }

    private void acknowledge(RoutingContext context) {
        Optional<AlertName> name = AlertName.ofWire(context.request().getParam("alert", ""));
        if (name.isEmpty()) {
            Problem.send(context, 400, "no such alert", "say alert=JournalCorrupt");
            return;
        }
        alerting.acknowledge(name.get())
                .onComplete(
                        done -> {
                            if (done) {
                                ManagementPort.json(
                                        context,
                                        200,
                                        new JsonObject()
                                                .put("acknowledged", name.get().wire()));
                            } else {
                                Problem.send(
                                        context,
                                        409,
                                        "nothing to acknowledge",
                                        name.get().wire()
                                                + " does not fire, or ends by itself; POST /alerts/silences keeps an"
                                                + " alert quiet for a while");
                            }
                        },
                        context::fail);
    }

    private void silences(RoutingContext context) {
        answer(context, alerting.status().map(status -> new JsonObject().put("silences", AlertsJson.silences(status))));
    }

    private void silence(RoutingContext context) {
        String alert = context.request().getParam("alert", "");
        String source = context.request().getParam("source", "");
        String reason = context.request().getParam("reason", "").strip();
        Optional<Duration> length = Lengths.read(context.request().getParam("for", ""), SILENCE_MAX);
        if (!alert.equals(Silence.ANY) && AlertName.ofWire(alert).isEmpty()) {
            Problem.send(context, 400, "no such alert", "say alert=LeadFlowStopped, or alert=* for every one");
        } else if (length.isEmpty()) {
            Problem.send(
                    context, 400, "a silence needs an end", "say for=2h: seconds, minutes, hours or days, 30d at most");
        } else if (!source.isEmpty() && !alerting.labels().contains(source)) {
            Problem.send(context, 400, "no such source, receiver, destination or consumer group", labels());
        } else if (!Silence.isReason(reason)) {
            Problem.send(context, 400, "a silence needs a reason", "say reason=..., " + Silence.REASON);
        } else {
            alerting.silence(alert, source, length.get(), reason)
                    .onComplete(
                            made -> ManagementPort.json(context, 201, AlertsJson.silence(made)),
                            full -> Problem.send(context, 409, "no more silences", full.getMessage()));
        }
    }

    private String labels() {
        List<String> labels = alerting.labels();
        String some = labels.stream().limit(LABELS_SHOWN_MAX).collect(Collectors.joining(", "));
        int more = labels.size() - LABELS_SHOWN_MAX;
        return "say source= and one of " + some + (more > 0 ? " and " + more + " more" : "")
                + ", or leave it out for any";
    }

    private void endSilence(RoutingContext context) {
        String id = context.pathParam("id");
        alerting.endSilence(id)
                .onComplete(
                        there -> {
                            if (there) {
                                context.response().setStatusCode(204).end();
                            } else {
                                Problem.send(
                                        context,
                                        404,
                                        "no such silence",
                                        id.startsWith("config-")
                                                ? "it stands in the configuration: take it out there"
                                                : "GET /alerts/silences lists them");
                            }
                        },
                        context::fail);
    }

    private static void answer(RoutingContext context, Future<JsonObject> page) {
        page.onComplete(json -> ManagementPort.json(context, 200, json), context::fail);
    }
}
