package io.headgate.loadtest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
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
 * its answer; of a batch's, half as its neighbour once more, half because one batch in twenty is posted again whole. Immutable;
 * safe for use by any thread.
 */
final class Plan {
    /** Events of one plan: they are bits by number in the ledger; what is above is left to requests under way. */
    static final long EVENTS_MAX = Integer.MAX_VALUE - 1_000_000;

    private static final int TENTH = 10;
    private static final int TWENTIETH = 20;
    private static final int INVALID_AT = 4;
    private static final int REPEAT_AT = 9;

    /** What an event of a plan is. */
    enum Fate {
        /** Valid and new: on a stream once. */
        NEW,
        /** To be rejected. */
        INVALID,
        /** The event before it once more, whose number it does not use. */
        REPEAT
    }

    private final Events events;
    private final boolean mixed;
    private final int[] cycle;
    private final int[] firsts;
    private final int cycleEvents;
    private final List<Request.Source> sources;

    Plan(long seed, Scenario.Shape shape, int[] cycle, List<Request.Source> sources) {
        this.events = new Events(seed, shape.leadsOnly());
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
        boolean lines = mixed && size > 1 && number / cycle.length % 3 == 1;
        boolean gzip = mixed && number / cycle.length % 2 == 0;
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
        long number = requestOf(event);
        int size = size(number);
        // of requests with one event each, the number of the request takes the place of the index
        long index = size == 1 ? number / cycle.length : event - first(number);
        boolean repeat = size > 1 && index % TWENTIETH == REPEAT_AT;
        return repeat ? Fate.REPEAT : index % TENTH == INVALID_AT ? Fate.INVALID : Fate.NEW;
    }

    /** As it is posted, whatever its fate. */
    byte[] bytes(long event) {
        return switch (fate(event)) {
            case NEW -> events.event(event);
            case INVALID -> Fault.of(event).in(events.event(event));
            case REPEAT -> bytes(event - 1);
        };
    }

    /** Which event this is by its id; -1 when it is none of this plan. */
    long number(byte[] event) {
        return events.number(event);
    }

    String name(long event) {
        return events.name(event);
    }

    Request.Source sourceOf(long event) {
        return source(requestOf(event));
    }

    private Request.Source source(long number) {
        return sources.get((int) (number % sources.size()));
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
        boolean again =
                size == 1 ? number / cycle.length % TENTH == REPEAT_AT : number / cycle.length % TWENTIETH == REPEAT_AT;
        return mixed && again ? 2 : 1;
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
