package io.headgate.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The JSON Schema Test Suite, draft 2020-12. */
class SchemaSuiteTest {
    /**
     * The only exceptions: nineteen tests that hold {@code format} to be an annotation, which is the draft's default.
     * Headgate asserts it, which the draft allows; the tests of each format say how.
     */
    private static final String FORMAT_IS_ASSERTED = "is only an annotation by default";

    private final Map<String, JsonNode> remotes = Suite.remotes();

    @Test
    void theLibraryAsItIsSetUpPassesItsSuite() throws IOException {
        Set<String> wrong = new TreeSet<>();

        for (Suite.Case test : Suite.cases()) {
            boolean valid;
            try {
                valid = new Lone(test.schema(), remotes).valid(test.value());
            } catch (RuntimeException e) {
                wrong.add(test.name() + " | " + e);
                continue;
            }
            if (valid != test.valid()) {
                wrong.add(test.name());
            }
        }

        assertThat(wrong).hasSize(19).allMatch(name -> name.endsWith(FORMAT_IS_ASSERTED));
    }

    @Test
    void theAcceptorIsNeverCertainOfWhatTheSuiteOrTheLibraryCallsInvalid() throws IOException {
        List<String> wrong = new ArrayList<>();
        int valid = 0;
        int certain = 0;

        for (Suite.Case test : Suite.cases()) {
            Lone lone = new Lone(test.schema(), remotes);
            valid += test.valid() ? 1 : 0;
            if (lone.certainlyValid(test.value())) {
                certain++;
                if (!test.valid() || !lone.valid(test.value())) {
                    wrong.add(test.name());
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(certain).as("of %s valid", valid).isGreaterThan(400);
    }
}
