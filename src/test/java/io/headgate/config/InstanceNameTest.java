package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceNameTest {
    @TempDir
    Path temp;

    @Test
    void aNameIsMadeOnceAndKept() throws Exception {
        String made = InstanceName.keptFor(settings("")).instance();
        String again = InstanceName.keptFor(settings("")).instance();

        assertThat(made).matches("[A-Za-z0-9._-]{1,64}");
        assertThat(again).isEqualTo(made);
        assertThat(Files.readString(temp.resolve("data/instance"))).isEqualTo(made + "\n");
    }

    @Test
    void twoGatewaysOfOneHostHaveTwoNames() throws Exception {
        String one = InstanceName.keptFor(settings("")).instance();
        Files.delete(temp.resolve("data/instance"));

        assertThat(InstanceName.keptFor(settings("")).instance()).isNotEqualTo(one);
    }

    @Test
    void aConfiguredNameIsTakenAndNothingIsWritten() throws Exception {
        assertThat(InstanceName.keptFor(settings("gw-1")).instance()).isEqualTo("gw-1");

        assertThat(temp.resolve("data")).doesNotExist();
    }

    @Test
    void aFileThatHoldsNoNameIsReplaced() throws Exception {
        Files.createDirectories(temp.resolve("data"));
        Files.writeString(temp.resolve("data/instance"), "");

        assertThat(InstanceName.keptFor(settings("")).instance()).isNotEmpty();
    }

    private Settings settings(String instance) throws Exception {
        Path file = Files.writeString(temp.resolve("headgate.yaml"), "");
        return new SettingsReader(Map.of(), 400 << 20)
                .read(Optional.of(file), List.of("data-dir=" + temp.resolve("data"), "instance=" + instance));
    }
}
