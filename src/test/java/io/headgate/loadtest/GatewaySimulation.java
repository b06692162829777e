package io.headgate.loadtest;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.bodyBytes;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.util.List;

/**
 * What Gatling does: virtual users post the requests of a plan. With a rate, each user posts one request and the next
 * comes whatever the answer does; else each posts one after the other until the run is over.
 */
public final class GatewaySimulation extends Simulation {
    private static final String REQUEST = "request";
    private static final String POST = "post";
    private static final String SENT = "sent";
    private static final String STATUS = "status";
    private static final String ANSWER = "answer";
    private static final int ACCEPTED = 202;
    private static final int ALL_REJECTED = 422;

    /** Gatling makes the simulation itself, so the run waits for it here. */
    private static volatile Run next;

    private final Run run;

    /** For Gatling. */
    public GatewaySimulation() {
        this.run = next;
        Scenario.Shape shape = run.shape();
        HttpProtocolBuilder protocol = http.baseUrl(run.door().toString())
                .shareConnections()
                .disableCaching()
                .disableFollowRedirect()
                .disableWarmUp()
                .userAgentHeader("headgate-loadtest");
        setUp((shape.open() ? oneRequestEach() : requestAfterRequest()).injectOpen(arrivals(shape)))
                .protocols(protocol);
    }

    /** The run that the next simulation belongs to. */
    static void next(Run run) {
        next = run;
    }

    private static List<OpenInjectionStep> arrivals(Scenario.Shape shape) {
        return shape.open()
                ? Arrivals.steps(shape)
                : List.of(rampUsers(shape.users()).during(Math.max(1, shape.warmUp() * 2L / 3)));
    }

    private ScenarioBuilder oneRequestEach() {
        return scenario(run.title()).exec(request());
    }

    private ScenarioBuilder requestAfterRequest() {
        return scenario(run.title()).asLongAs(session -> !run.over()).on(request());
    }

    private ChainBuilder request() {
        return exec(session -> session.set(REQUEST, run.next()))
                .repeat(session -> planned(session).posts(), POST)
                .on(exec(this::sending)
                        .doIfOrElse(session -> planned(session).gzip())
                        .then(exec(post("events, compressed").header("Content-Encoding", "gzip")))
                        .orElse(exec(post("events")))
                        .exec(this::answered));
    }

    private static HttpRequestActionBuilder post(String name) {
        return http(name)
                .post("/v1/events")
                .header(
                        "Authorization",
                        session -> "Bearer " + planned(session).source().writeKey())
                .header("Content-Type", session -> planned(session).contentType())
                .body(ByteArrayBody(session -> planned(session).body()))
                .check(status().saveAs(STATUS), bodyBytes().saveAs(ANSWER), status().in(ACCEPTED, ALL_REJECTED));
    }

    private Session sending(Session session) {
        long sent = System.nanoTime();
        run.sending(planned(session), session.getInt(POST), sent);
        return session.removeAll(STATUS, ANSWER).set(SENT, sent);
    }

    private Session answered(Session session) {
        int status = session.contains(STATUS) ? session.getInt(STATUS) : 0;
        byte[] answer = session.contains(ANSWER) ? session.get(ANSWER) : new byte[0];
        run.answered(planned(session), session.getInt(POST), session.getLong(SENT), status, answer);
        return session;
    }

    private static Request planned(Session session) {
        return session.get(REQUEST);
    }
}
