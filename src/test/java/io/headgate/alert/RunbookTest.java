package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever is woken finds, where the alert links to, what it means, what to check and how to act. */
class RunbookTest {
    @ParameterizedTest
    @EnumSource(AlertName.class)
    void everyAlertHasItsSection(AlertName name) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int from = readme.indexOf("\n### " + name.wire() + "\n");
        assertThat(from).as("a section ### " + name.wire()).isPositive();
        int next = readme.indexOf("\n##", from + 1);
        String section = readme.substring(from, next < 0 ? readme.length() : next);

        assertThat(section).contains("Means**");
        if (name != AlertName.TEST) {
            assertThat(section).contains("**Check**", "**Act**");
        }
        assertThat(name.anchor()).isEqualTo(name.wire().toLowerCase(java.util.Locale.ROOT));
    }
}
