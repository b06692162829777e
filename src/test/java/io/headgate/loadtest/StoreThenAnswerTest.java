package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.RealRedis;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway that answers before it has stored is found out, however soon it stores. */
class StoreThenAnswerTest {
    private static final String ANSWER =
            "{\"received\":1,\"accepted\":1,\"duplicate\":0,\"rejected\":0,\"stored\":{\"stream\":1,\"journal\":0}}";

    private final RealRedis redis = RealRedis.start();
    private final Vertx vertx = Vertx.vertx();
    private final Redis client = Redis.createClient(vertx, redis.uri());

    @AfterEach
    void end() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        redis.close();
    }

    @Test
    void oneThatAnswersWhileItStoresFails() throws Exception {
        Check check = check(false);

        assertThat(check.pass()).isFalse();
        assertThat(check.detail()).contains("answered within", "though the streams hold 0 of them");
    }

    @Test
    void oneThatStoresFirstPasses() throws Exception {
        Check check = check(true);

        assertThat(check.pass()).isTrue();
        assertThat(check.detail()).contains("answered_by_the_streams=3");
    }

    @Test
    void withoutRedisItIsNoPass() throws Exception {
        redis.kill();

        Check check = check(true);

        assertThat(check.pass()).isFalse();
        assertThat(check.detail()).startsWith("could not be tried");
    }

    private Check check(boolean storesFirst) throws Exception {
        HttpServer door = vertx.createHttpServer()
                .requestHandler(request -> take(request, storesFirst))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        URI uri = URI.create("http://127.0.0.1:" + door.actualPort());
        Scenario.Shape shape = Scenario.BRIEF.shape;
        Plan plan = new Plan(1, shape, new int[] {1}, List.of(new Request.Source("demo", "demo")));
        Ledger ledger = new Ledger(plan);
        Run run = new Run("brief", shape, uri, plan, ledger, new Timings());
        try (GatewayAt gateway = new GatewayAt(new GatewayAt.Addresses(uri, uri, "", redis.uri(), "headgate"))) {
            return new StoreThenAnswer(gateway, run, plan, ledger, 1).check();
        }
    }

    private void take(HttpServerRequest request, boolean storesFirst) {
        request.body().onSuccess(body -> {
            var stored = client.send(io.vertx.redis.client.Request.cmd(Command.XADD)
                    .arg("{headgate:0}:events")
                    .arg("*")
                    .arg("event")
                    .arg(body));
            if (storesFirst) {
                stored.onSuccess(entry -> answer(request));
            } else {
                answer(request);
            }
        });
    }

    private static void answer(HttpServerRequest request) {
        request.response().setStatusCode(202).end(ANSWER);
    }
}
