package io.headgate.deliver;

import io.headgate.event.Event;
import io.headgate.event.Slice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private static final int TEXT_BYTES = 128;

    private EventCodec() {}

    /** The payload; {@code attempted}: it may be on the stream already, for a write of it failed without a clear answer. */
    public static byte[] encode(Event event, boolean attempted) {
        Slice json = event.json();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIXED_BYTES + TEXT_BYTES + json.length());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte((attempted ? ATTEMPTED : 0) | (event.lead() ? LEAD : 0));
            out.writeLong(event.receivedMillis());
            out.writeLong(event.id().getMostSignificantBits());
            out.writeLong(event.id().getLeastSignificantBits());
            out.writeUTF(event.name());
            out.writeUTF(event.source());
            out.writeUTF(event.sessionId());
            out.write(json.array(), json.offset(), json.length());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
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
