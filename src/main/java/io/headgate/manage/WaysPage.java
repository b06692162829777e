package io.headgate.manage;

import io.headgate.deliver.Delivery;
import io.headgate.deliver.DeliveryStatus;
import io.headgate.drain.Drain;
import io.headgate.drain.DrainStatus;
import io.headgate.journal.Journal;
import io.headgate.journal.JournalStatus;
import io.headgate.time.Clock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The part of the status page that says where events go: mode, breaker, journal, drain. */
final class WaysPage {
    private static final String HANGS = "the disk takes longer than journal.deadline";

    private final Journal journal;
    private final Delivery delivery;
    private final Drain drain;
    private final Clock clock;

    WaysPage(Journal journal, Delivery delivery, Drain drain, Clock clock) {
        this.journal = journal;
        this.delivery = delivery;
        this.drain = drain;
        this.clock = clock;
    }

    void into(JsonObject page) {
        DeliveryStatus delivered = delivery.status();
        DrainStatus drained = drain.status();
        page.put("mode", delivered.mode().wire())
                .put(
                        "mode_since",
                        Instant.ofEpochMilli(delivered.modeSinceMillis()).toString())
                .put("delivery", new JsonObject().put("order_broken", delivered.orderBroken()))
                .put("breaker", breaker(delivered))
                .put("journal", journal(journal.status(), delivered, drained.oldestMillis()))
                .put("drain", drain(drained));
    }

    private static JsonObject breaker(DeliveryStatus status) {
        return new JsonObject()
                .put("state", status.breaker())
                .put("failed_percent", status.failedPercent() < 0 ? null : status.failedPercent());
    }

    private JsonObject journal(JournalStatus status, DeliveryStatus delivered, long oldestMillis) {
        return new JsonObject()
                .put("writable", status.writable() && !delivered.journalHangs())
                .put("trouble", delivered.journalHangs() ? HANGS : status.trouble())
                .put("backlog_events", delivered.backlogEvents())
                .put("oldest_age_s", oldestMillis == 0 ? null : (clock.wallMillis() - oldestMillis) / 1000)
                .put("bytes", status.bytes())
                .put("bytes_max", status.bytesMax())
                .put("disk_free_bytes", status.diskFreeBytes())
                .put("bytes_per_s", Math.round(status.bytesPerSecond()))
                .put("lasts_s", lasts(status))
                .put("segments", status.segments())
                .put("lost_records", status.lostRecords())
                .put("dead_files", status.deadFiles());
    }

    /** How long there is room at the present rate; null while nothing is appended. */
    private static @Nullable Long lasts(JournalStatus status) {
        long room = Math.min(status.bytesMax() - status.bytes(), status.diskFreeBytes());
        return status.bytesPerSecond() < 1 || status.diskFreeBytes() < 0
                ? null
                : Math.round(Math.max(0, room) / status.bytesPerSecond());
    }

    private static JsonObject drain(DrainStatus status) {
        JsonArray partitions = new JsonArray();
        for (DrainStatus.Partition partition : status.partitions()) {
            partitions.add(new JsonObject()
                    .put("backlog_events", partition.backlogEvents())
                    .put("halted", partition.halted()));
        }
        return new JsonObject()
                .put("paused_until", DrainPage.pausedUntil(status.pausedUntilMillis()))
                .put("unverified", status.unverified())
                .put("partitions", partitions);
    }
}
