package io.headgate.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
    @ParameterizedTest
    @CsvSource({
        "7b7d, -1",
        "efbbbf7b7d, 0",
        "7befbbbf7d, -1",
        "feff007b, 0",
        "80, 0",
        "61c0af, 1",
        "61c1bf, 1",
        "e08080, 0",
        "f0808080, 0",
        "eda080, 0",
        "edbfbf, 0",
        "ed9fbf, -1",
        "f48fbfbf, -1",
        "f4908080, 0",
        "f5808080, 0",
        "c3, 0",
        "e282, 0",
        "f09f98, 0",
        "c3a9e282acf09f9880, -1",
        "6161616161616161616161616161616161ff, 17"
    })
    void malformedTextIsFoundWhereItBegins(String hex, int expected) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThat(Utf8.firstMalformed(bytes, 0, bytes.length)).isEqualTo(expected);
    }

    @Test
    void onlyThePartAskedForIsLookedAt() {
        byte[] bytes = {(byte) 0xFF, 'a', (byte) 0xC3, (byte) 0xA9, (byte) 0xFF};

        assertThat(Utf8.firstMalformed(bytes, 1, 3)).isEqualTo(-1);
        assertThat(Utf8.firstMalformed(bytes, 1, 2)).isEqualTo(2);
        assertThat(Utf8.firstMalformed(bytes, 1, 4)).isEqualTo(4);
        assertThat(Utf8.firstMalformed(bytes, 1, 0)).isEqualTo(-1);
    }

    @Test
    void everySequenceOfThreeBytesIsJudgedAsTheDecoderJudgesIt() {
        CharsetDecoder decoder = strict();
        byte[] bytes = new byte[3];

        for (int i = 0; i < 1 << 24; i++) {
            if ((i & 0x800000) == 0 && (i & 0xFFFF) != 0) {
                continue; // an ASCII byte first: the rest is the case of two bytes
            }
            bytes[0] = (byte) (i >> 16);
            bytes[1] = (byte) (i >> 8);
            bytes[2] = (byte) i;
            boolean byteOrderMark = i == 0xEFBBBF;
            boolean whole = Utf8.firstMalformed(bytes, 0, 3) == -1;
            if (whole != (decodes(decoder, bytes) && !byteOrderMark)) {
                assertThat(whole).as(Integer.toHexString(i)).isEqualTo(!whole);
            }
        }
    }

    @Test
    void longTextsWithOneBrokenByteAreJudgedAsTheDecoderJudgesThem() {
        CharsetDecoder decoder = strict();
        Random random = new Random(7);
        byte[] text = "{\"name\":\"J\u00fcrgen \u20ac \uD83D\uDE00, plain text around it\"}"
                .repeat(3)
                .getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = text.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            assertThat(Utf8.firstMalformed(bytes, 0, bytes.length) == -1).isEqualTo(decodes(decoder, bytes));
        }
    }

    private static CharsetDecoder strict() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Without the exceptions of the shorter call, millions of which take a minute. */
    private static boolean decodes(CharsetDecoder decoder, byte[] bytes) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        return !decoder.reset().decode(ByteBuffer.wrap(bytes), text, true).isError();
    }
}
