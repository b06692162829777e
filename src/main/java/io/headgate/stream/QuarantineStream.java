package io.headgate.stream;

import io.headgate.event.Quarantined;
import io.headgate.event.Slice;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The stream of rejected events, capped at some {@value #ENTRIES_MAX} entries: the oldest go. Queueing, and keeping what
 * Redis does not take, are the caller's. Uses no connection that events are written on. Safe for use by any thread.
 */
public final class QuarantineStream {
    /** Entries kept at most, give or take the hundred that Redis trims at a time. */
    public static final int ENTRIES_MAX = 10_000;

    private static final Script SCRIPT = Script.named("quarantine");
    private static final int PER_ENTRY = 4;

    /** Entries asked for at once: an eighth of a MiB or so at worst, which Redis and the connection do not feel. */
    private static final int STEP_ENTRIES = 4;

    private static final int PAGE_BYTES_MAX = 1 << 20;

    private final SideLink link;
    private final String key;
    private final AtomicBoolean reading = new AtomicBoolean();

    QuarantineStream(SideLink link, String key) {
        this.link = link;
        this.key = key;
    }

    /**
     * Adds entries in one call. Succeeds when Redis confirmed all of them; fails when it did not before the deadline:
     * then none, some or all may be there, and adding them again may repeat some.
     */
    public Future<Void> add(List<Quarantined> entries) {
        if (entries.isEmpty()) {
            return Future.succeededFuture();
        }
        Packer packer = new Packer();
        packer.array(PER_ENTRY * entries.size());
        for (Quarantined entry : entries) {
            packer.string(entry.source());
            packer.string(Long.toString(entry.receivedMillis()));
            packer.string(entry.reason());
            Slice event = entry.event();
            packer.string(event.array(), event.offset(), event.length());
        }
        return link.ask(Request.cmd(Command.EVAL)
                        .arg(SCRIPT.text())
                        .arg(1)
                        .arg(key)
                        .arg(ENTRIES_MAX)
                        .arg(packer.bytes()))
                .mapEmpty();
    }

    /**
     * The newest entries, newest first, read in steps: up to the limit, or fewer that weigh a MiB together. Fails when
     * Redis does not answer a step before the deadline, and when another page is being read.
     */
    public Future<List<Quarantined>> read(int limit) {
        if (!reading.compareAndSet(false, true)) {
            return Future.failedFuture("another page of the quarantine is being read");
        }
        return read(new Page(limit), "+").onComplete(done -> reading.set(false));
    }

    private Future<List<Quarantined>> read(Page page, String from) {
        int count = Math.min(STEP_ENTRIES, page.room());
        if (count <= 0) {
            return Future.succeededFuture(page.entries);
        }
        Request step = Request.cmd(Command.XREVRANGE)
                .arg(key)
                .arg(from)
                .arg("-")
                .arg("COUNT")
                .arg(count);
        return link.ask(step).compose(answer -> {
            answer.forEach(page::add);
            return answer.size() < count
                    ? Future.succeededFuture(page.entries)
                    : read(page, "(" + answer.get(count - 1).get(0));
        });
    }

    /** What was read so far. */
    private static final class Page {
        final List<Quarantined> entries = new ArrayList<>();
        private final int limit;
        private long bytes;

        Page(int limit) {
            this.limit = limit;
        }

        int room() {
            return bytes < PAGE_BYTES_MAX ? limit - entries.size() : 0;
        }

        void add(Response entry) {
            Quarantined read = entry(entry.get(1));
            entries.add(read);
            bytes += read.event().length() + read.reason().length();
        }
    }

    private static Quarantined entry(Response fields) {
        return new Quarantined(
                text(fields, 1),
                Long.parseLong(text(fields, 3)),
                text(fields, 5),
                Slice.of(fields.get(7).toBytes()));
    }

    private static String text(Response fields, int index) {
        return fields.get(index).toString(StandardCharsets.UTF_8);
    }
}
