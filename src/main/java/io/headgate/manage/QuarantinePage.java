package io.headgate.manage;

import io.headgate.event.Quarantined;
import io.headgate.quarantine.Quarantine;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** {@code GET /quarantine?limit=}: rejected events with their reasons, newest first. */
public final class QuarantinePage implements Page {
    private static final String LIMIT = "20";
    private static final int LIMIT_MAX = 1000;

    private final Quarantine quarantine;

    public QuarantinePage(Quarantine quarantine) {
        this.quarantine = quarantine;
    }

    @Override
    public void routes(Router router) {
        router.get("/quarantine").handler(this::newest);
    }

    private void newest(RoutingContext context) {
        int limit = limit(context.request().getParam("limit", LIMIT));
        if (limit < 1 || limit > LIMIT_MAX) {
            Problem.send(context, 400, "not a limit", "limit is a whole number from 1 to " + LIMIT_MAX);
            return;
        }
        quarantine
                .newest(limit)
                .map(QuarantinePage::of)
                .onComplete(
                        page -> ManagementPort.json(context, 200, page),
                        fault -> Problem.send(context, 503, "the quarantine cannot be read now", fault.getMessage()));
    }

    private static int limit(String text) {
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static JsonObject of(List<Quarantined> entries) {
        JsonArray events = new JsonArray();
        for (Quarantined entry : entries) {
            byte[] event = entry.event().copy(Quarantined.EVENT_BYTES_MAX);
            events.add(new JsonObject()
                    .put("source", entry.source())
                    .put(
                            "received",
                            Instant.ofEpochMilli(entry.receivedMillis()).toString())
                    .put("reason", reason(entry.reason()))
                    // as text, for it may be no JSON
                    .put("event", new String(event, StandardCharsets.UTF_8)));
        }
        return new JsonObject().put("events", events);
    }

    /** As JSON; as text where somebody else wrote an entry whose reason is none. */
    private static Object reason(String text) {
        try {
            return new JsonArray(text);
        } catch (DecodeException e) {
            return text;
        }
    }
}
