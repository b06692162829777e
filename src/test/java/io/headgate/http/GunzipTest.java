package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A body is inflated whole, within its limit, or not at all. */
class GunzipTest {
    private static final int MAX = 100_000;
    private static final byte[] TEXT =
            "[{\"event_id\":\"0b8f7c1e\"},{\"event_id\":\"5c1a4f0e\"}]".getBytes(StandardCharsets.UTF_8);

    private final InFlight room = new InFlight(10 * MAX);
    private final Gunzip gunzip = new Gunzip(MAX, room);

    @AfterEach
    void close() {
        gunzip.close();
    }

    @Test
    void aWholeBodyIsInflatedAndHoldsItsRoom() {
        Gunzip.Result result = gunzip.inflate(gzip(TEXT));

        assertThat(whole(result)).isEqualTo(TEXT);
        assertThat(room.held()).isEqualTo(TEXT.length);
    }

    @Test
    void aBodyCutAtAnyByteIsRefused() {
        byte[] body = gzip(TEXT);

        for (int cut = 0; cut < body.length; cut++) {
            Gunzip.Result result = gunzip.inflate(Arrays.copyOf(body, cut));

            assertThat(result).as("cut at " + cut).isInstanceOf(Gunzip.Broken.class);
            assertThat(room.held()).isZero();
        }
    }

    @Test
    void aBodyWithAnyBitFlippedIsRefusedOrInflatesToWhatItWas() {
        byte[] body = gzip(TEXT);

        for (int bit = 0; bit < body.length * 8; bit++) {
            byte[] flipped = body.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            Gunzip.Result result = gunzip.inflate(flipped);

            if (result instanceof Gunzip.Whole whole) {
                // a bit that says nothing of the data: of the file's time, or of the padding before the trailer
                assertThat(whole.data()).isEqualTo(TEXT);
                room.give(TEXT.length);
            }
            assertThat(room.held()).as("bit " + bit).isZero();
        }
    }

    @Test
    void theLimitIsTakenAndOneBytePastItRefused() {
        byte[] atLimit = new byte[MAX];
        byte[] past = new byte[MAX + 1];

        assertThat(whole(gunzip.inflate(gzip(atLimit)))).hasSize(MAX);
        room.give(MAX);
        assertThat(gunzip.inflate(gzip(past))).isInstanceOf(Gunzip.TooLarge.class);
        assertThat(room.held()).isZero();
    }

    @Test
    void aBombIsRefusedWithoutBeingHeldInMemory() {
        Gunzip.Result result = gunzip.inflate(gzip(new byte[1000 * MAX]));

        assertThat(result).isInstanceOf(Gunzip.TooLarge.class);
        assertThat(room.held()).isZero();
    }

    @Test
    void aTrailerThatLiesAboutTheSizeIsNotBelieved() {
        for (int claim : new int[] {0, 1, TEXT.length - 1, TEXT.length + 1, MAX, MAX + 1, -1, Integer.MIN_VALUE}) {
            byte[] body = gzip(TEXT);
            for (int i = 0; i < 4; i++) {
                body[body.length - 4 + i] = (byte) (claim >>> (8 * i));
            }

            assertThat(gunzip.inflate(body)).as("claim " + claim).isInstanceOf(Gunzip.Broken.class);
            assertThat(room.held()).isZero();
        }
    }

    @Test
    void nothingMayFollowTheTrailer() {
        byte[] body = gzip(TEXT);

        assertThat(gunzip.inflate(join(body, new byte[1]))).isInstanceOf(Gunzip.Broken.class);
        assertThat(gunzip.inflate(join(body, body))).isInstanceOf(Gunzip.Broken.class);
        assertThat(gunzip.inflate(join(body, gzip(new byte[0])))).isInstanceOf(Gunzip.Broken.class);
        assertThat(room.held()).isZero();
    }

    @Test
    void everyOptionalFieldOfTheHeaderIsSkipped() {
        byte[] extra = {3, 0, 'a', 'b', 'c'};
        byte[] name = {'n', '.', 'j', 0};
        byte[] comment = {'c', 0};

        for (int flags = 0; flags < 32; flags++) {
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            header.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, (byte) flags, 0, 0, 0, 0, 0, (byte) 255});
            header.writeBytes((flags & 4) != 0 ? extra : new byte[0]);
            header.writeBytes((flags & 8) != 0 ? name : new byte[0]);
            header.writeBytes((flags & 16) != 0 ? comment : new byte[0]);
            byte[] body = withDeflated((flags & 2) != 0 ? withChecksum(header.toByteArray()) : header.toByteArray());

            assertThat(whole(gunzip.inflate(body))).as("flags " + flags).isEqualTo(TEXT);
            room.give(TEXT.length);
            for (int cut = 0; cut < body.length; cut++) {
                assertThat(gunzip.inflate(Arrays.copyOf(body, cut)))
                        .as("flags " + flags + " cut at " + cut)
                        .isInstanceOf(Gunzip.Broken.class);
            }
        }
        assertThat(room.held()).isZero();
    }

    @Test
    void aHeaderWithReservedFlagsOrAWrongChecksumIsRefused() {
        byte[] plain = {0x1F, (byte) 0x8B, 8, 2, 0, 0, 0, 0, 0, (byte) 255};
        byte[] wrong = withChecksum(plain);
        wrong[wrong.length - 1] ^= 1;
        byte[] reserved = gzip(TEXT);
        reserved[3] = 32;

        assertThat(gunzip.inflate(withDeflated(wrong))).isInstanceOf(Gunzip.Broken.class);
        assertThat(gunzip.inflate(reserved)).isInstanceOf(Gunzip.Broken.class);
    }

    @Test
    void withoutRoomNothingIsInflatedAndNothingHeld() {
        InFlight small = new InFlight(TEXT.length - 1);
        try (Gunzip cramped = new Gunzip(MAX, small)) {
            assertThat(cramped.inflate(gzip(TEXT))).isInstanceOf(Gunzip.NoRoom.class);
            assertThat(small.held()).isZero();
        }
    }

    @Test
    void anEmptyBodyInsideGzipIsEmpty() {
        assertThat(whole(gunzip.inflate(gzip(new byte[0])))).isEmpty();
        assertThat(room.held()).isZero();
    }

    @Test
    void oneBodyLeavesNoTraceInTheNext() {
        gunzip.inflate(Arrays.copyOf(gzip(new byte[50_000]), 40));
        gunzip.inflate(gzip(new byte[2 * MAX]));

        assertThat(whole(gunzip.inflate(gzip(TEXT)))).isEqualTo(TEXT);
    }

    static byte[] gzip(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] whole(Gunzip.Result result) {
        assertThat(result).isInstanceOf(Gunzip.Whole.class);
        return ((Gunzip.Whole) result).data();
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static byte[] withChecksum(byte[] header) {
        CRC32 crc = new CRC32();
        crc.update(header);
        return join(header, new byte[] {(byte) crc.getValue(), (byte) (crc.getValue() >>> 8)});
    }

    /** A gzip body of {@link #TEXT} behind that header. */
    private static byte[] withDeflated(byte[] header) {
        byte[] usual = gzip(TEXT);
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(TEXT);
        deflater.finish();
        byte[] deflated = new byte[256];
        int n = deflater.deflate(deflated);
        deflater.end();
        byte[] trailer = Arrays.copyOfRange(usual, usual.length - 8, usual.length);
        return join(join(header, Arrays.copyOf(deflated, n)), trailer);
    }
}
