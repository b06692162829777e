package io.headgate.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private final StrictJson json = new StrictJson();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// note\n1",
                "/* note */1",
                "# note\n1",
                "'a'",
                "{a:1}",
                "[1,]",
                "[,1]",
                "{\"a\":1,}",
                "NaN",
                "Infinity",
                "-Infinity",
                "01",
                "+1",
                ".5",
                "1.",
                "1e",
                "0x1",
                "True",
                "\"\t\"",
                "\"\\x41\"",
                "\"\\u12\"",
                "[1",
                "{\"a\"",
                "\"a",
                "tru",
                "[1 2]",
                "{\"a\" 1}"
            })
    void whatIsNotJsonIsRefused(String text) {
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e400", "-0", "9007199254740993", "\"\\ud800\"", "\"\\u0000\"", " [ ] ", "{\"\":{}}", "null"})
    void whatIsJsonIsRead(String text) throws IOException {
        assertThat(read(text.getBytes(StandardCharsets.UTF_8))).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void otherEncodingsAreNotGuessed(String charset) {
        assertThatThrownBy(() -> read("{\"a\":1}".getBytes(Charset.forName(charset))))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void aByteOrderMarkIsRefused() {
        assertThatThrownBy(() -> read("\uFEFF{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void thirtyTwoLevelsAreReadAndThirtyThreeAreNot() throws IOException {
        assertThat(read(nested(32))).isPositive();
        assertThatThrownBy(() -> read(nested(33))).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void numbersNamesAndTextsMayBeAsLongAsTheirBody() throws IOException {
        String digits = "1".repeat(200_000);

        assertThat(read(digits.getBytes(StandardCharsets.UTF_8))).isEqualTo(1);
        assertThat(read(("1." + digits).getBytes(StandardCharsets.UTF_8))).isEqualTo(1);
        assertThat(read(("{\"" + digits + "\":\"" + digits + "\"}").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(4);
    }

    private static byte[] nested(int depth) {
        return ("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.UTF_8);
    }

    private int read(byte[] bytes) throws IOException {
        int tokens = 0;
        try (JsonParser parser = json.parser(bytes, 0, bytes.length)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }
}
