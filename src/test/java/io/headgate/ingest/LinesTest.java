package io.headgate.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.event.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void blankLinesAreSkippedAndWhiteSpaceAroundALineIsNoPartOfIt() {
        assertThat(lines("a\n\n  b \r\n\t\r\nc")).containsExactly("a", "b", "c");
    }

    @Test
    void theLastLineNeedsNoEnd() {
        assertThat(lines("a")).containsExactly("a");
        assertThat(lines("a\n")).containsExactly("a");
    }

    @Test
    void aBodyOfBlankLinesHasNone() {
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n \n\r\n")).isEmpty();
    }

    @Test
    void aCarriageReturnInsideALineIsItsOwn() {
        assertThat(lines("a\rb\n")).containsExactly("a\rb");
    }

    private static List<String> lines(String body) {
        List<String> found = new ArrayList<>();
        for (Lines lines = new Lines(body.getBytes(StandardCharsets.UTF_8)); lines.next(); ) {
            Slice line = lines.line();
            found.add(new String(line.copy(Integer.MAX_VALUE), StandardCharsets.UTF_8));
        }
        return found;
    }
}
