package io.headgate.stream;

import io.headgate.event.Quarantined;
import io.headgate.event.Slice;
import io.headgate.stream.WriteFault.Kind;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The stream of rejected events, capped at some {@value #ENTRIES_MAX} entries: the oldest go. Queueing, and keeping what
 * Redis does not take, are the caller's. Safe for use by any thread.
 */
public final class QuarantineStream {
    /** Entries kept at most, give or take the hundred that Redis trims at a time. */
    public static final int ENTRIES_MAX = 10_000;

    private static final Script SCRIPT = Script.named("quarantine");
    private static final int PER_ENTRY = 4;

    private final Link link;
    private final String key;
    private final Duration deadline;
    private final Timers timers;

    QuarantineStream(Link link, String key, Duration deadline, Timers timers) {
        this.link = link;
        this.key = key;
        this.deadline = deadline;
        this.timers = timers;
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
        return ask(Request.cmd(Command.EVAL)
                        .arg(SCRIPT.text())
                        .arg(1)
                        .arg(key)
                        .arg(ENTRIES_MAX)
                        .arg(packer.bytes()))
                .mapEmpty();
    }

    /** The newest entries, newest first. Fails when Redis does not answer before the deadline. */
    public Future<List<Quarantined>> read(int limit) {
        return ask(Request.cmd(Command.XREVRANGE)
                        .arg(key)
                        .arg("+")
                        .arg("-")
                        .arg("COUNT")
                        .arg(limit))
                .map(QuarantineStream::entries);
    }

    private Future<Response> ask(Request request) {
        ContextInternal context = link.context();
        PromiseInternal<Response> answer = context.owner().getOrCreateContext().promise();
        context.emit(request, sent -> send(sent, answer));
        return answer.future();
    }

    private void send(Request request, Promise<Response> answer) {
        Object seen = link.current();
        WriteFault silent = new WriteFault(Kind.TIMEOUT, "no answer from Redis before the deadline");
        Timers.Timer late = timers.once(deadline, () -> {
            answer.tryFail(silent.detail());
            link.drop(seen, silent);
        });
        link.send(request).onComplete(result -> {
            late.cancel();
            if (result.succeeded()) {
                answer.tryComplete(result.result());
            } else {
                answer.tryFail(result.cause());
            }
        });
    }

    private static List<Quarantined> entries(Response response) {
        List<Quarantined> entries = new ArrayList<>();
        for (Response entry : response) {
            Response fields = entry.get(1);
            entries.add(new Quarantined(
                    text(fields, 1),
                    Long.parseLong(text(fields, 3)),
                    text(fields, 5),
                    Slice.of(fields.get(7).toBytes())));
        }
        return entries;
    }

    private static String text(Response fields, int index) {
        return fields.get(index).toString(StandardCharsets.UTF_8);
    }
}
