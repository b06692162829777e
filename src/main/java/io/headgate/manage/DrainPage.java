package io.headgate.manage;

import io.headgate.drain.Drain;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /drain/pause?for=30m} and {@code POST /drain/resume}. A pause always has an end, for a backlog that nobody drains is lost when its disk is. */
public final class DrainPage implements Page {
    private static final Duration LENGTH_MAX = Duration.ofHours(24);

    private final Drain drain;

    public DrainPage(Drain drain) {
        this.drain = drain;
    }

    @Override
    public void routes(Router router) {
        router.post("/drain/pause").handler(this::pause);
        router.post("/drain/resume").handler(this::resume);
    }

    private void pause(RoutingContext context) {
        Optional<Duration> length = Lengths.read(context.request().getParam("for", ""), LENGTH_MAX);
        if (length.isEmpty()) {
            Problem.send(context, 400, "a pause needs an end", "say for=30m: seconds, minutes or hours, 24h at most");
            return;
        }
        drain.pause(length.get());
        answer(context);
    }

    private void resume(RoutingContext context) {
        drain.resume();
        answer(context);
    }

    private void answer(RoutingContext context) {
        ManagementPort.json(
                context,
                200,
                new JsonObject().put("paused_until", pausedUntil(drain.status().pausedUntilMillis())));
    }

    static @Nullable String pausedUntil(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
    }
}
