package io.headgate.stream;

import io.headgate.event.Event;
import io.headgate.event.Slice;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * One call of the append script as bytes on the wire, made once by the code that the gateway uses, whose ids are then
 * overwritten in place: what a feeder sends that does nothing but feed. One instance belongs to one thread.
 */
public final class CallTemplate {
    /** Buckets are numbers of five digits, so that any can be overwritten by any other. */
    private static final int BUCKET_DIGITS = 5;

    private static final int BUCKET_MIN = 10_000;

    private final byte[] bytes;
    private final int[] ids;
    private final int buckets;
    private final SplittableRandom random;

    /** A call with this many events of this many bytes each, as of one request. */
    public CallTemplate(String prefix, int partition, int events, int eventBytes, long seed) {
        DedupeLayout layout = new DedupeLayout(86_400_000, 50_000);
        this.buckets = Math.toIntExact(layout.buckets());
        this.random = new SplittableRandom(seed);
        this.ids = new int[events];
        List<Event> batch = batch(layout, events, eventBytes);
        Keys keys = new Keys(prefix);
        this.bytes = command(
                "EVALSHA".getBytes(StandardCharsets.US_ASCII),
                AppendScript.SCRIPT.sha().getBytes(StandardCharsets.US_ASCII),
                "1".getBytes(StandardCharsets.US_ASCII),
                keys.events(partition).getBytes(StandardCharsets.UTF_8),
                keys.seen(partition).getBytes(StandardCharsets.UTF_8),
                "86400000".getBytes(StandardCharsets.US_ASCII),
                new AppendScript(keys, partition, layout).pack(batch));
        locateIds(layout, batch);
    }

    /** The source of the script, to be loaded before. */
    public static String script() {
        return AppendScript.SCRIPT.text();
    }

    /** The call with new ids; the same array each time. */
    public byte[] next() {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        for (int at : ids) {
            int bucket = BUCKET_MIN + random.nextInt(buckets - BUCKET_MIN);
            for (int i = BUCKET_DIGITS - 1; i >= 0; i--) {
                bytes[at - 1 - BUCKET_DIGITS + i] = (byte) ('0' + bucket % 10);
                bucket /= 10;
            }
            out.putLong(at, random.nextLong()).putInt(at + 8, random.nextInt());
        }
        return bytes;
    }

    private static List<Event> batch(DedupeLayout layout, int events, int eventBytes) {
        DedupeId id = new DedupeId(layout);
        List<Event> batch = new ArrayList<>();
        byte[] json = "x".repeat(eventBytes).getBytes(StandardCharsets.US_ASCII);
        while (batch.size() < events) {
            UUID uuid = UUID.randomUUID();
            Event event = new Event(uuid, "page_view", "shop", "s", false, 1_763_688_289_123L, Slice.of(json));
            id.compute(event);
            if (id.bucket() >= BUCKET_MIN) {
                batch.add(event);
            }
        }
        return batch;
    }

    /** Finds where the ids are: each was packed once. */
    private void locateIds(DedupeLayout layout, List<Event> batch) {
        DedupeId id = new DedupeId(layout);
        int from = 0;
        for (int i = 0; i < ids.length; i++) {
            id.compute(batch.get(i));
            while (!ByteBuffer.wrap(bytes, from, DedupeLayout.ID_BYTES)
                    .equals(ByteBuffer.wrap(id.field(), 0, DedupeLayout.ID_BYTES))) {
                from++;
            }
            ids[i] = from;
        }
    }

    private static byte[] command(byte[]... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("*" + arguments.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (byte[] argument : arguments) {
            out.writeBytes(("$" + argument.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(argument);
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        return out.toByteArray();
    }
}
