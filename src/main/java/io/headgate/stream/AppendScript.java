package io.headgate.stream;

import io.headgate.event.Event;
import io.headgate.event.Slice;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The commands that call {@code append.lua} for one partition; its argument layout is told there. One instance belongs
 * to one event loop.
 */
final class AppendScript {
    static final Script SCRIPT = Script.named("append");

    private static final byte[] ONE_KEY = {'1'};
    /** Elements for an event, and for a run of events of one source and moment. */
    private static final int PER_EVENT = 4;

    private static final int PER_RUN = 3;

    private final byte[] sha = ascii(SCRIPT.sha());
    private final byte[] text = SCRIPT.text().getBytes(StandardCharsets.UTF_8);
    private final byte[] stream;
    private final byte[] seen;
    private final byte[] window;
    private final DedupeId id;
    private final Packer packer = new Packer();

    AppendScript(Keys keys, int partition, DedupeLayout layout) {
        this.stream = keys.events(partition).getBytes(StandardCharsets.UTF_8);
        this.seen = keys.seen(partition).getBytes(StandardCharsets.UTF_8);
        this.window = ascii(Long.toString(layout.windowMillis()));
        this.id = new DedupeId(layout);
    }

    /** The packed events, for either of the commands below. */
    byte[] pack(List<Event> events) {
        packer.array(PER_EVENT * events.size() + PER_RUN * runs(events));
        for (int from = 0; from < events.size(); ) {
            int to = endOfRun(events, from);
            packer.string(events.get(from).source());
            packer.string(Long.toString(events.get(from).receivedMillis()));
            packer.number(to - from);
            events.subList(from, to).forEach(this::pack);
            from = to;
        }
        return packer.bytes();
    }

    /** Calls the script that Redis has already. */
    Request bySha(byte[] packed) {
        return call(Request.cmd(Command.EVALSHA).arg(sha), packed);
    }

    /** Brings the script along, for a Redis that has lost it: loads and calls it in one step. */
    Request byText(byte[] packed) {
        return call(Request.cmd(Command.EVAL).arg(text), packed);
    }

    private Request call(Request request, byte[] packed) {
        return request.arg(ONE_KEY).arg(stream).arg(seen).arg(window).arg(packed);
    }

    private void pack(Event event) {
        id.compute(event);
        packer.string(Long.toString(id.bucket()));
        packer.string(id.field(), 0, DedupeLayout.ID_BYTES);
        packer.string(event.name());
        Slice json = event.json();
        packer.string(json.array(), json.offset(), json.length());
    }

    private static int runs(List<Event> events) {
        int runs = 0;
        for (int from = 0; from < events.size(); from = endOfRun(events, from)) {
            runs++;
        }
        return runs;
    }

    /** The events of one request follow each other and share source and moment, so these are sent once for all. */
    private static int endOfRun(List<Event> events, int from) {
        Event first = events.get(from);
        int to = from + 1;
        while (to < events.size()
                && events.get(to).receivedMillis() == first.receivedMillis()
                && events.get(to).source().equals(first.source())) {
            to++;
        }
        return to;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
