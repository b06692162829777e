package io.headgate.http;

import io.headgate.ingest.Ingest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The pages that are read, not posted to. Immutable but for what they show; safe for use by any thread. */
final class Pages {
    private static final byte[] LIVE = utf8("{\"status\":\"live\"}");
    private static final byte[] READY = utf8("{\"status\":\"ready\"}");
    private static final byte[] DRAINING = utf8("{\"status\":\"draining\"}");
    private static final byte[] NOT_READY = utf8("{\"status\":\"not ready\"}");

    private final SchemaCatalog schemas;
    private final Ingest ingest;
    private final AtomicBoolean draining;
    private final byte[] openapi;

    Pages(SchemaCatalog schemas, Ingest ingest, AtomicBoolean draining) {
        this.schemas = schemas;
        this.ingest = ingest;
        this.draining = draining;
        this.openapi = resource("openapi.json");
    }

    /** What is on that page; handed on, never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Page(Reason reason, byte[] json) {}

    /** The page of a route and path; null when there is none, which only a schema's can be. */
    @Nullable
    Page page(Route route, String path) {
        return switch (route) {
            case EVENTS -> throw new IllegalArgumentException("events are posted, not read");
            case SCHEMAS -> new Page(Reason.PAGE, schemas.index());
            case SCHEMA ->
                schemas.schema(Route.eventName(path))
                        .map(json -> new Page(Reason.PAGE, json))
                        .orElse(null);
            case OPENAPI -> new Page(Reason.PAGE, openapi);
            case LIVEZ -> new Page(Reason.PAGE, LIVE);
            case READYZ -> readyz();
        };
    }

    private Page readyz() {
        if (draining.get()) {
            return new Page(Reason.NOT_READY, DRAINING);
        }
        return ingest.ready() ? new Page(Reason.PAGE, READY) : new Page(Reason.NOT_READY, NOT_READY);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
