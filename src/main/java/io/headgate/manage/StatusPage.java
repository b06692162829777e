package io.headgate.manage;

import io.headgate.time.Clock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** {@code GET /status}: how everything stands, read anew for each request, from each part that has something to say. */
public final class StatusPage implements Page {
    /** What one part says of itself. */
    public interface Section {
        /** Members of the page. */
        Future<JsonObject> read();
    }

    private final String instance;
    private final String version;
    private final Instant started;
    private final Clock clock;
    private final BooleanSupplier ready;
    private final List<Section> sections;

    /** {@code ready}: as {@code /readyz} has it. */
    public StatusPage(String instance, String version, Clock clock, BooleanSupplier ready, List<Section> sections) {
        this.instance = instance;
        this.version = version;
        this.started = Instant.ofEpochMilli(clock.wallMillis());
        this.clock = clock;
        this.ready = ready;
        this.sections = List.copyOf(sections);
    }

    @Override
    public void routes(Router router) {
        router.get("/status").handler(this::status);
    }

    private void status(RoutingContext context) {
        List<Future<JsonObject>> read = sections.stream().map(Section::read).toList();
        JsonObject page = new JsonObject()
                .put("instance", instance)
                .put("version", version)
                .put("started", started.toString())
                .put("now", Instant.ofEpochMilli(clock.wallMillis()).toString())
                .put("ready", ready.getAsBoolean());
        Future.all(read)
                .onComplete(
                        all -> {
                            read.forEach(section -> page.mergeIn(section.result()));
                            ManagementPort.json(context, 200, page);
                        },
                        context::fail);
    }
}
