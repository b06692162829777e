package io.headgate.deliver;

import io.headgate.event.Event;
import io.headgate.event.Slice;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * An event as the payload of a journal record.
 *
 * <pre>
 *   u8   version, 1
 *   u8   flags: 1 attempted, 2 lead
 *   u64  received, milliseconds since 1970
 *   16   event_id
 *   str  event_name       each str: u16 length in bytes, then Java's modified UTF-8, which
 *   str  source           spells half a surrogate pair too, as a session id may have one
 *   str  session_id
 *   rest the event as it was posted
 * </pre>
 */
public final class EventCodec {
    private static final int VERSION = 1;
    private static final int ATTEMPTED = 1;
    private static final int LEAD = 2;
    private static final int RECEIVED_AT = 2;
    private static final int FIXED_BYTES = 26;
    private static final int TEXTS = 3;
    private static final int UTF_BYTES_MAX = 0xffff;

    private EventCodec() {}

    /** The payload; {@code attempted}: it may be on the stream already, for a write of it failed without a clear answer. */
    public static byte[] encode(Event event, boolean attempted) {
        Slice json = event.json();
        int texts = utfBytes(event.name()) + utfBytes(event.source()) + utfBytes(event.sessionId());
        ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + TEXTS * Short.BYTES + texts + json.length());
        out.put((byte) VERSION).put((byte) ((attempted ? ATTEMPTED : 0) | (event.lead() ? LEAD : 0)));
        out.putLong(event.receivedMillis());
        out.putLong(event.id().getMostSignificantBits()).putLong(event.id().getLeastSignificantBits());
        putUtf(out, event.name());
        putUtf(out, event.source());
        putUtf(out, event.sessionId());
        return out.put(json.array(), json.offset(), json.length()).array();
    }

    /** What {@link DataInputStream#readUTF} reads. Not by its counterpart, for a stream's locks cost more than the bytes. */
    private static void putUtf(ByteBuffer out, String text) {
        int bytes = utfBytes(text);
        if (bytes > UTF_BYTES_MAX) {
            throw new IllegalArgumentException("a text of " + bytes + " bytes");
        }
        out.putShort((short) bytes);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 1 && c < 0x80) {
                out.put((byte) c);
            } else if (c < 0x800) {
                out.put((byte) (0xc0 | (c >> 6))).put((byte) (0x80 | (c & 0x3f)));
            } else {
                out.put((byte) (0xe0 | (c >> 12)))
                        .put((byte) (0x80 | ((c >> 6) & 0x3f)))
                        .put((byte) (0x80 | (c & 0x3f)));
            }
        }
    }

    private static int utfBytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c >= 1 && c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return bytes;
    }

    /** When the event of a payload was received, in milliseconds since 1970; 0 when the payload is none. */
    public static long receivedMillis(byte[] payload) {
        return payload.length < FIXED_BYTES ? 0 : ByteBuffer.wrap(payload).getLong(RECEIVED_AT);
    }

    /**
     * The event of a payload.
     *
     * @throws IllegalArgumentException when it is none, or of a later version than this one knows
     */
    public static Journaled decode(byte[] payload) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("an event of format " + version + ", this is Headgate's " + VERSION);
            }
            int flags = in.readUnsignedByte();
            long received = in.readLong();
            UUID id = new UUID(in.readLong(), in.readLong());
            String name = in.readUTF();
            String source = in.readUTF();
            String session = in.readUTF();
            int at = payload.length - in.available();
            Slice json = new Slice(payload, at, payload.length - at);
            Event event = new Event(id, name, source, session, (flags & LEAD) != 0, received, json);
            return new Journaled(event, (flags & ATTEMPTED) != 0);
        } catch (IOException e) {
            throw new IllegalArgumentException("an event that ends too early, or whose text cannot be read", e);
        }
    }
}
