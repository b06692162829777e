package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Gatling posts again by itself is counted: if another version says so in other words, this fails. */
class RepostsIT {
    private static final String ANSWER =
            "{\"received\":1,\"accepted\":1,\"duplicate\":0,\"rejected\":0,\"stored\":{\"stream\":1,\"journal\":0}}";

    @TempDir
    private Path temp;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong arrived = new AtomicLong();

    @AfterEach
    void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aRequestThatGatlingPostedAgainCounts() throws Exception {
        try (Reposts reposts = new Reposts()) {
            Ledger ledger = simulate(true);

            // the ledger knows nothing of it, which is why they are counted
            assertThat(ledger.unplanned()).isZero();
            assertThat(reposts.count()).isPositive().isEqualTo(arrived.get() - ledger.posts());
        }
    }

    @Test
    void whereEachIsAnsweredNoneCounts() throws Exception {
        try (Reposts reposts = new Reposts()) {
            Ledger ledger = simulate(false);

            assertThat(ledger.posts()).isPositive().isEqualTo(arrived.get());
            assertThat(reposts.count()).isZero();
        }
    }

    /** Lets Gatling post to a door, which may close each connection at its second request. */
    private Ledger simulate(boolean closes) throws Exception {
        Set<Object> seen = ConcurrentHashMap.newKeySet();
        HttpServer door = vertx.createHttpServer()
                .requestHandler(request -> {
                    arrived.incrementAndGet();
                    if (!seen.add(request.connection()) && closes) {
                        request.connection().close();
                    } else {
                        take(request);
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        Scenario.Shape shape = new Scenario.Shape(true, false, 50, 0, 0, 1);
        Plan plan = new Plan(1, shape, new int[] {1}, List.of(new Request.Source("demo", "demo")));
        Ledger ledger = new Ledger(plan);
        URI uri = URI.create("http://127.0.0.1:" + door.actualPort());

        GatewaySimulation.next(new Run("reposts", shape, uri, plan, ledger, new Timings()));
        int exit = io.gatling.app.Gatling$.MODULE$.fromArgs(new String[] {
            "--simulation", GatewaySimulation.class.getName(), "--results-folder", temp.toString(), "--no-reports"
        });

        assertThat(exit).isZero();
        return ledger;
    }

    private static void take(HttpServerRequest request) {
        request.response().setStatusCode(202).end(ANSWER);
    }
}
