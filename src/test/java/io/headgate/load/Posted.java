package io.headgate.load;

import io.headgate.event.Event;
import io.headgate.event.Slice;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Batches as clients post them, for the benchmarks: page views of about 470 bytes, of sessions in no order. There are many,
 * to be read in turn: one batch read over and over would be served from the nearest cache, by branches that know it.
 */
public final class Posted {
    /** Events of one batch. */
    public static final int EVENTS = 50;

    private static final int BATCHES = 64;
    private static final int INVALID_EVERY = 10;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Numbered numbered = new Numbered(1);
    private long number;

    /** Bodies of valid events. */
    public static List<byte[]> valid() {
        return new Posted().bodies(Integer.MAX_VALUE);
    }

    /** Bodies of which every tenth event is invalid, by a wrong type and by a value that is not in its list. */
    public static List<byte[]> mixed() {
        return new Posted().bodies(INVALID_EVERY);
    }

    /** The events of the valid bodies as the road in leaves them: each a slice of its body. */
    public static List<List<Event>> events() {
        Posted posted = new Posted();
        List<List<Event>> batches = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            Buffer body = Buffer.buffer();
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                body.appendBytes(posted.event());
            }
            for (int i = 0; i < EVENTS; i++) {
                events.add(posted.decoded(new Slice(body.getBytes(), i * Numbered.BYTES, Numbered.BYTES), batch));
            }
            batches.add(events);
        }
        return batches;
    }

    private List<byte[]> bodies(int invalidEvery) {
        List<byte[]> bodies = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            StringBuilder body = new StringBuilder("[");
            for (int i = 0; i < EVENTS; i++) {
                String event = new String(event(), StandardCharsets.UTF_8);
                boolean invalid = i % invalidEvery == invalidEvery - 1;
                body.append(i == 0 ? "" : ",").append(invalid ? spoiled(event) : event);
            }
            bodies.add(body.append(']').toString().getBytes(StandardCharsets.UTF_8));
        }
        return bodies;
    }

    private byte[] event() {
        return numbered.event(random.nextInt(Numbered.SESSIONS_MAX), number++);
    }

    private Event decoded(Slice json, int batch) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        String session = "s-%05d".formatted(random.nextInt(Numbered.SESSIONS_MAX));
        return new Event(id, "page_view", "shop", session, false, 1_763_688_289_000L + batch, json);
    }

    private static String spoiled(String event) {
        return event.replace("\"user_id\":null", "\"user_id\":7")
                .replace("\"device_type\":\"web\"", "\"device_type\":\"fridge\"");
    }
}
