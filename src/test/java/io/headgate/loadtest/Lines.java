package io.headgate.loadtest;

import io.headgate.load.Status;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** The lines of a status page that a verdict is made of: one that is not there is an error, for it must not read as 0. */
final class Lines {
    private static final List<String> BOOKS = List.of(
            "received",
            "accepted",
            "duplicate",
            "rejected",
            "refused",
            "refused_but_stored",
            "refused_but_journaled",
            "in_progress",
            "stream_direct",
            "journaled",
            "journal_backlog",
            "backlog_at_start",
            "drained",
            "drain_duplicate",
            "drain_corrupt");
    private static final List<String> QUARANTINE = List.of("queued_events", "spool_bytes");

    private Lines() {}

    /** The page, if it has them all. */
    static Status whole(Status page) throws IOException {
        numbers(page, "books", BOOKS);
        numbers(page, "quarantine", QUARANTINE);
        text(page, "mode");
        text(page, "started");
        return page;
    }

    /** How many streams there are. */
    static int partitions(Status page) throws IOException {
        JsonObject redis = page.json().getJsonObject("redis");
        if (redis == null || redis.getJsonArray("partitions") == null) {
            throw new IOException("the status page does not tell redis.partitions");
        }
        return redis.getJsonArray("partitions").size();
    }

    private static void numbers(Status page, String part, List<String> names) throws IOException {
        JsonObject object = page.json().getJsonObject(part);
        for (String name : names) {
            if (object == null || !(object.getValue(name) instanceof Number)) {
                throw new IOException("the status page does not tell " + part + "." + name);
            }
        }
    }

    private static void text(Status page, String name) throws IOException {
        if (!(page.json().getValue(name) instanceof String)) {
            throw new IOException("the status page does not tell " + name);
        }
    }
}
