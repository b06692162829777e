package io.headgate.stream;

import io.headgate.event.Slice;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The consumer groups of routes: an entry that was read stays with the group until it is settled. Everything fails when
 * there is no answer before the deadline; it may have happened then, and may be asked for again. Safe for use by any thread.
 */
public final class ConsumerGroups {
    private static final Script CREATE = Script.named("create");
    private static final Script PENDING = Script.named("pending");
    private static final Script SETTLE = Script.named("settle");
    private static final Script TRIES = Script.named("tries");
    /** Fields of a dead letter on its stream, names and values. */
    private static final int LETTER_ELEMENTS = 22;

    private static final int PER_PENDING = 3;
    private static final Pattern MILLIS = Pattern.compile("\\d{1,15}");

    private final SideLink link;
    private final ScriptCalls scripts;
    private final Keys keys;

    ConsumerGroups(SideLink link, Keys keys) {
        this.link = link;
        this.scripts = new ScriptCalls(link);
        this.keys = keys;
    }

    /**
     * Makes a group on a partition where it is not there yet.
     *
     * @param fromStart whether a new one begins with the oldest entry, or with the next to come
     */
    public Future<Void> create(String group, int partition, boolean fromStart) {
        return scripts.call(
                        CREATE,
                        List.of(
                                keys.events(partition),
                                keys.books(partition, group),
                                keys.facts(partition),
                                keys.input(partition, group, Input.AGAIN)),
                        group,
                        fromStart ? "0" : "$")
                .mapEmpty();
    }

    /** The next entries, up to so many of each input. Fails with a message that begins with NOGROUP where the group is gone. */
    public Future<Map<Input, List<StreamEntry>>> read(String group, String consumer, int partition, int count) {
        Request request = Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg(group)
                .arg(consumer)
                .arg("COUNT")
                .arg(count)
                .arg("STREAMS")
                .arg(keys.input(partition, group, Input.EVENTS))
                .arg(keys.input(partition, group, Input.AGAIN))
                .arg(">")
                .arg(">");
        return link.ask(request).map(answer -> inputs(answer, partition, group));
    }

    /** What the group was given of an input and has not acknowledged, in order, {@code from} this id on. */
    public Future<List<PendingEntry>> pending(String group, int partition, Input input, String from, int count) {
        return scripts.call(
                        PENDING,
                        List.of(keys.input(partition, group, input), keys.tries(partition, group, input)),
                        group,
                        from,
                        count)
                .map(ConsumerGroups::pending);
    }

    /** These entries, which the group was given before, now given to this consumer; without those that are not there any more. */
    public Future<List<StreamEntry>> take(String group, String consumer, int partition, Input input, List<String> ids) {
        Request request = Request.cmd(Command.XCLAIM)
                .arg(keys.input(partition, group, input))
                .arg(group)
                .arg(consumer)
                .arg(0);
        ids.forEach(request::arg);
        return link.ask(request).map(ConsumerGroups::entries);
    }

    /** Counts a failure of these entries' delivery. */
    public Future<Void> failed(String group, int partition, Input input, List<String> ids) {
        return scripts.call(TRIES, List.of(keys.tries(partition, group, input)), ids.toArray())
                .mapEmpty();
    }

    /** Acknowledges entries of an input, and keeps the books of what became of them, in one step. */
    public Future<Settlement.Result> settle(String group, int partition, Input input, Settlement settlement) {
        return scripts.call(
                        SETTLE,
                        List.of(
                                keys.input(partition, group, input),
                                keys.books(partition, group),
                                keys.tries(partition, group, input),
                                keys.dead(partition)),
                        group,
                        input == Input.AGAIN ? "1" : "0",
                        pack(settlement))
                .map(answer -> new Settlement.Result(
                        answer.get(0).toInteger(),
                        answer.get(1).toInteger(),
                        answer.get(2).toInteger(),
                        answer.get(3).toInteger(),
                        answer.get(4).toInteger(),
                        answer.get(5).toString()));
    }

    private static byte[] pack(Settlement settlement) {
        List<DeadLetter> dead = settlement.dead();
        Packer packer = new Packer();
        packer.array(3
                + settlement.delivered().size()
                + settlement.filtered().size()
                + settlement.gone().size()
                + dead.size() * (2 + LETTER_ELEMENTS));
        pack(packer, settlement.delivered());
        pack(packer, settlement.filtered());
        pack(packer, settlement.gone());
        dead.forEach(letter -> pack(packer, letter));
        return packer.bytes();
    }

    private static void pack(Packer packer, List<String> ids) {
        packer.number(ids.size());
        ids.forEach(packer::string);
    }

    private static void pack(Packer packer, DeadLetter letter) {
        StreamEntry entry = letter.entry();
        packer.string(entry.id());
        packer.number(LETTER_ELEMENTS);
        pack(packer, "route", letter.route());
        pack(packer, "destination", letter.destination());
        pack(packer, "origin", entry.origin());
        pack(packer, "name", entry.name());
        pack(packer, "event_id", letter.eventId());
        pack(packer, "source", entry.source());
        pack(packer, "received", Long.toString(entry.receivedMillis()));
        pack(packer, "attempts", Integer.toString(letter.attempts()));
        pack(packer, "request", letter.request());
        pack(packer, "answer", letter.answer());
        packer.string("event");
        Slice json = entry.json();
        packer.string(json.array(), json.offset(), json.length());
    }

    private static void pack(Packer packer, String field, String value) {
        packer.string(field);
        packer.string(value);
    }

    private static List<PendingEntry> pending(Response answer) {
        List<PendingEntry> pending = new ArrayList<>();
        for (int i = 0; i < answer.size(); i += PER_PENDING) {
            pending.add(new PendingEntry(
                    answer.get(i).toString(),
                    answer.get(i + 1).toInteger(),
                    answer.get(i + 2).toInteger()));
        }
        return pending;
    }

    /** An array of pairs in RESP 2, a map in RESP 3, nothing where there is nothing to read. */
    private Map<Input, List<StreamEntry>> inputs(Response answer, int partition, String group) {
        Map<Input, List<StreamEntry>> read = new EnumMap<>(Input.class);
        if (answer == null) {
            return read;
        }
        String again = keys.input(partition, group, Input.AGAIN);
        if (answer.isMap()) {
            for (String key : answer.getKeys()) {
                read.put(key.equals(again) ? Input.AGAIN : Input.EVENTS, entries(answer.get(key)));
            }
        } else {
            for (Response stream : answer) {
                read.put(stream.get(0).toString().equals(again) ? Input.AGAIN : Input.EVENTS, entries(stream.get(1)));
            }
        }
        return read;
    }

    private static List<StreamEntry> entries(Response answer) {
        List<StreamEntry> entries = new ArrayList<>();
        for (Response entry : answer) {
            // Redis 6.2 answers an entry that was deleted by nothing
            if (entry != null && entry.size() == 2 && entry.get(1) != null) {
                entries.add(entry(entry.get(0).toString(), entry.get(1)));
            }
        }
        return entries;
    }

    static StreamEntry entry(String id, Response fields) {
        String name = "";
        String source = "";
        String origin = id;
        long received = 0;
        boolean wanted = false;
        Slice event = Slice.of(new byte[0]);
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            Response value = fields.get(i + 1);
            switch (fields.get(i).toString()) {
                case "name" -> name = text(value);
                case "source" -> source = text(value);
                case "received" -> received = number(text(value));
                case "origin" -> origin = text(value);
                case "wanted" -> wanted = true;
                case "event" -> event = Slice.of(value.toBytes());
                default -> {}
            }
        }
        return new StreamEntry(id, origin, wanted, name, source, received, event);
    }

    private static String text(Response value) {
        return value.toString(StandardCharsets.UTF_8);
    }

    /** 0 for what somebody else wrote there. */
    private static long number(String text) {
        return MILLIS.matcher(text).matches() ? Long.parseLong(text) : 0;
    }
}
