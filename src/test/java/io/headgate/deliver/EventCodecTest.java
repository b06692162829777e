package io.headgate.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.event.Event;
import io.headgate.event.Slice;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    private static final UUID ID = UUID.fromString("3f6d2c1e-8b1a-4c59-9d5e-0a7c1b2d3e4f");
    private static final long RECEIVED = 1_763_688_289_123L;

    @ParameterizedTest
    @ValueSource(strings = {"s-1", "Größe", "\uD83D\uDE00", "half \uD83D", "\u0000", ""})
    void anEventComesBackAsItWasWhateverItsSession(String session) {
        Event event = event(session, true, "xx{\"a\":\"é\"}yy", 2);

        Journaled back = EventCodec.decode(EventCodec.encode(event, true));

        assertThat(back.attempted()).isTrue();
        assertThat(back.event())
                .usingRecursiveComparison()
                .ignoringFields("json")
                .isEqualTo(event);
        assertThat(text(back.event())).isEqualTo("{\"a\":\"é\"}");
    }

    @Test
    void theFlagsAreKeptApart() {
        assertThat(EventCodec.decode(EventCodec.encode(event("s", false, "{}", 0), true)))
                .matches(back -> back.attempted() && !back.event().lead());
        assertThat(EventCodec.decode(EventCodec.encode(event("s", true, "{}", 0), false)))
                .matches(back -> !back.attempted() && back.event().lead());
    }

    @Test
    void theFormatStaysReadable() {
        String released = "0103" + "0000019aa4039363" + "3f6d2c1e8b1a4c599d5e0a7c1b2d3e4f" + "0009706167655f76696577"
                + "000473686f70" + "0003732d31" + "7b7d";

        assertThat(HexFormat.of().formatHex(EventCodec.encode(event("s-1", true, "{}", 0), true)))
                .isEqualTo(released);
        assertThat(EventCodec.receivedMillis(HexFormat.of().parseHex(released))).isEqualTo(RECEIVED);
    }

    @Test
    void everyCharacterIsSpeltAsTheFormatSays() throws IOException {
        for (int first = 0; first <= Character.MAX_VALUE; first += 4096) {
            String session = IntStream.range(first, first + 4096)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            ByteArrayOutputStream spelt = new ByteArrayOutputStream();
            new DataOutputStream(spelt).writeUTF(session);

            byte[] payload = EventCodec.encode(event(session, true, "", 0), false);

            assertThat(payload).endsWith(spelt.toByteArray());
        }
    }

    @Test
    void aTextThatTheFormatCannotHoldIsRefused() {
        String longest = "x".repeat(0xffff);

        assertThat(EventCodec.decode(EventCodec.encode(event(longest, true, "{}", 0), false))
                        .event()
                        .sessionId())
                .isEqualTo(longest);
        assertThatThrownBy(() -> EventCodec.encode(event(longest + "x", true, "{}", 0), false))
                .hasMessageContaining("65536 bytes");
    }

    @Test
    void aPayloadOfALaterVersionOrCutShortIsRefused() {
        byte[] payload = EventCodec.encode(event("s", true, "{}", 0), false);
        byte[] later = payload.clone();
        later[0] = 2;

        assertThatThrownBy(() -> EventCodec.decode(later)).hasMessageContaining("format 2");
        for (int length = 0; length < payload.length - 2; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> EventCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(EventCodec.receivedMillis(new byte[5])).isZero();
    }

    private static Event event(String session, boolean lead, String body, int margin) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Event(
                ID, "page_view", "shop", session, lead, RECEIVED, new Slice(bytes, margin, bytes.length - 2 * margin));
    }

    private static String text(Event event) {
        return new String(event.json().copy(Integer.MAX_VALUE), StandardCharsets.UTF_8);
    }
}
