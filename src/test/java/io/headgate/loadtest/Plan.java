package io.headgate.loadtest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * Which events a request holds and what the gateway must make of each: a function of the seed and the request's number,
 * so that it can be told again from an event that was found somewhere. Requests hold the events of a cycle of sizes:
 *
 * <pre>
 *   sizes 1, 3       request 0: event 0   request 1: events 1 2 3   request 2: event 4   request 3: events 5 6 7 ...
 * </pre>
 *
 * <p>Of a mixed plan, one in ten events is invalid and one in ten is sent again: a single event by posting it again after
 * its answer; of a batch's, half as its neighbour once more, half because one batch in twenty is posted again whole. Half of
 * the bodies are compressed, a third of them are lines. Each of these is drawn for itself, by the seed, what it is about and
 * the number, so that everything meets everything. Immutable; safe for use by any thread.
 */
final class Plan {
    /** Events of one plan: they are bits by number in the ledger; what is above is left to requests under way. */
    static final long EVENTS_MAX = Integer.MAX_VALUE - 1_000_000;

    private static final int THOUSAND = 1_000;
    private static final int INVALID_PER_THOUSAND = 100;
    /** More than the 50 that come of it, for one that follows none that is new is none. */
    private static final int REPEATS_PER_THOUSAND = 63;

    private static final int SINGLES_AGAIN_PER_THOUSAND = 100;
    private static final int BATCHES_AGAIN_PER_THOUSAND = 50;

    /** What an event of a plan is. */
    enum Fate {
        /** Valid and new: on a stream once. */
        NEW,
        /** To be rejected. */
        INVALID,
        /** The event before it once more, whose number it does not use. */
        REPEAT
    }

    /** What is drawn for itself. */
    private enum Draw {
        SOURCE,
        GZIP,
        LINES,
        AGAIN,
        FATE,
        FAULT
    }

    private final Events events;
    private final Map<Draw, Long> draws = new EnumMap<>(Draw.class);
    private final boolean mixed;
    private final int[] cycle;
    private final int[] firsts;
    private final int cycleEvents;
    private final List<Request.Source> sources;

    Plan(long seed, Scenario.Shape shape, int[] cycle, List<Request.Source> sources) {
        this.events = new Events(seed, shape.leadsOnly());
        SplittableRandom random = new SplittableRandom(seed);
        for (Draw draw : Draw.values()) {
            draws.put(draw, random.nextLong());
        }
        this.mixed = shape.mixed();
        this.cycle = cycle.clone();
        this.firsts = new int[cycle.length];
        this.sources = List.copyOf(sources);
        int sum = 0;
        for (int i = 0; i < cycle.length; i++) {
            firsts[i] = sum;
            sum += cycle[i];
        }
        this.cycleEvents = sum;
    }

    Request request(long number) {
        int size = size(number);
        long first = first(number);
        boolean lines = mixed && draw(Draw.LINES, number, 3) == 0;
        boolean gzip = mixed && draw(Draw.GZIP, number, 2) == 0;
        byte[] body = body(first, size, lines);
        return new Request(
                number,
                source(number),
                first,
                size,
                gzip ? compressed(body) : body,
                lines ? "application/x-ndjson" : "application/json",
                gzip,
                posts(number, size));
    }

    /** The number of the first event after this request's. */
    long end(long number) {
        return first(number) + size(number);
    }

    Fate fate(long event) {
        if (!mixed) {
            return Fate.NEW;
        }
        int drawn = draw(Draw.FATE, event, THOUSAND);
        if (drawn < INVALID_PER_THOUSAND) {
            return Fate.INVALID;
        }
        return repeats(drawn) && event > first(requestOf(event)) && isNew(draw(Draw.FATE, event - 1, THOUSAND))
                ? Fate.REPEAT
                : Fate.NEW;
    }

    private static boolean repeats(int drawn) {
        return drawn >= INVALID_PER_THOUSAND && drawn < INVALID_PER_THOUSAND + REPEATS_PER_THOUSAND;
    }

    private static boolean isNew(int drawn) {
        return drawn >= INVALID_PER_THOUSAND + REPEATS_PER_THOUSAND;
    }

    /** How an event is wrong that is invalid. */
    Fault fault(long event) {
        return Fault.of(draw(Draw.FAULT, event, Fault.COUNT));
    }

    /** As it is posted, whatever its fate. */
    byte[] bytes(long event) {
        return switch (fate(event)) {
            case NEW -> events.event(event);
            case INVALID -> fault(event).in(events.event(event));
            case REPEAT -> bytes(event - 1);
        };
    }

    /** Which event this is by its id; -1 when it is none of this plan. */
    long number(byte[] event) {
        return events.number(event);
    }

    /** The {@code event_id} that it has, which a repeated one shares with the one before. */
    String id(long event) {
        return events.id(fate(event) == Fate.REPEAT ? event - 1 : event);
    }

    /** On whose stream it must be. */
    int partition(long event, int partitions) {
        return events.slot(fate(event) == Fate.REPEAT ? event - 1 : event) % partitions;
    }

    String name(long event) {
        return events.name(event);
    }

    Request.Source sourceOf(long event) {
        return source(requestOf(event));
    }

    private Request.Source source(long number) {
        return sources.get(draw(Draw.SOURCE, number, sources.size()));
    }

    private long requestOf(long event) {
        int within = Arrays.binarySearch(firsts, (int) (event % cycleEvents));
        return event / cycleEvents * cycle.length + (within >= 0 ? within : -within - 2);
    }

    private int size(long number) {
        return cycle[(int) (number % cycle.length)];
    }

    private long first(long number) {
        return number / cycle.length * cycleEvents + firsts[(int) (number % cycle.length)];
    }

    private int posts(long number, int size) {
        int perThousand = size == 1 ? SINGLES_AGAIN_PER_THOUSAND : BATCHES_AGAIN_PER_THOUSAND;
        return mixed && draw(Draw.AGAIN, number, THOUSAND) < perThousand ? 2 : 1;
    }

    /** 0 to sides - 1; the same for the same, whatever else was drawn. */
    private int draw(Draw draw, long number, int sides) {
        return Math.floorMod(new SplittableRandom(draws.get(draw) + number).nextLong(), sides);
    }

    private byte[] body(long first, int size, boolean lines) {
        if (size == 1) {
            return bytes(first);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(size * 560);
        for (int i = 0; i < size; i++) {
            if (!lines) {
                body.write(i == 0 ? '[' : ',');
            }
            body.writeBytes(bytes(first + i));
            if (lines) {
                body.write('\n');
            }
        }
        if (!lines) {
            body.write(']');
        }
        return body.toByteArray();
    }

    private static byte[] compressed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
