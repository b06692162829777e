package io.headgate.manage;

import io.headgate.deliver.Delivery;
import io.headgate.drain.Drain;
import io.headgate.ingest.Road;
import io.headgate.journal.Journal;
import io.headgate.meter.Books;
import io.headgate.meter.Meters;
import io.headgate.quarantine.Quarantine;
import io.headgate.stream.ServerFacts;
import io.headgate.stream.StreamStatus;
import io.headgate.stream.StreamStore;
import io.headgate.stream.WriteFault;
import io.headgate.time.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The part of the status page about the road in: books, where events go, Redis, quarantine, taxonomy. */
public final class IntakeStatus implements StatusPage.Section {
    private final Vertx vertx;
    private final Meters meters;
    private final StreamStore stream;
    private final WaysPage ways;
    private final Road road;
    private final Quarantine quarantine;

    public IntakeStatus(
            Vertx vertx,
            Meters meters,
            StreamStore stream,
            Journal journal,
            Delivery delivery,
            Drain drain,
            Road road,
            Quarantine quarantine,
            Clock clock) {
        this.vertx = vertx;
        this.meters = meters;
        this.stream = stream;
        this.ways = new WaysPage(journal, delivery, drain, clock);
        this.road = road;
        this.quarantine = quarantine;
    }

    /** On a worker, for the file system is asked how much room it has. */
    @Override
    public Future<JsonObject> read() {
        return vertx.executeBlocking(this::look, false);
    }

    private JsonObject look() {
        JsonObject page = new JsonObject().put("books", books(meters.books().read()));
        ways.into(page);
        return page.put("redis", redis(stream.status()))
                .put("quarantine", quarantine())
                .put("taxonomy", TaxonomyPage.of(road.taxonomy()));
    }

    private JsonObject quarantine() {
        return new JsonObject()
                .put("queued_events", quarantine.queued())
                .put("spool_bytes", quarantine.spoolBytes())
                .put("trouble", quarantine.trouble().orElse(null));
    }

    /** The equations of {@link Books}, line by line, and whether they hold. */
    static JsonObject books(Books.Page page) {
        JsonObject json = new JsonObject();
        for (Books.Line line : Books.Line.values()) {
            json.put(line.wire(), page.get(line));
        }
        return json.put("in_progress", page.inProgress())
                .put("journal_backlog", page.journalBacklog())
                .put("balanced", page.balanced());
    }

    private static JsonObject redis(StreamStatus status) {
        JsonArray partitions = new JsonArray();
        for (StreamStatus.Partition partition : status.partitions()) {
            partitions.add(new JsonObject()
                    .put("queued_events", partition.queuedEvents())
                    .put("queued_bytes", partition.queuedBytes())
                    .put("refused", fault(partition.refused())));
        }
        return new JsonObject()
                .put("up", status.up())
                .put("since", Instant.ofEpochMilli(status.sinceMillis()).toString())
                .put("last_fault", lastFault(status))
                .put("round_trip_us", status.roundTripNanos() / 1000)
                .put("server", server(status.server()))
                .put("unsafe", new JsonArray(status.unsafe()))
                .put("partitions", partitions);
    }

    private static @Nullable JsonObject lastFault(StreamStatus status) {
        return status.lastFault() == null
                ? null
                : new JsonObject()
                        .put("what", fault(status.lastFault()))
                        .put(
                                "at",
                                Instant.ofEpochMilli(status.lastFaultMillis()).toString())
                        .put("over", status.lastFaultOver());
    }

    private static @Nullable String fault(@Nullable WriteFault fault) {
        return fault == null ? null : fault.kind() + ": " + fault.detail();
    }

    private static @Nullable JsonObject server(@Nullable ServerFacts server) {
        return server == null
                ? null
                : new JsonObject()
                        .put("version", server.version())
                        .put("mode", server.mode())
                        .put("role", server.role())
                        .put("maxmemory_policy", server.maxmemoryPolicy())
                        .put("append_only", server.appendOnly())
                        .put("maxmemory", server.maxmemory())
                        .put("used_memory", server.usedMemory())
                        .put("loading", server.loading());
    }
}
