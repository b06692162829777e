package io.headgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server is taken when the jar's own does not run. */
class BinaryTest {
    private static final String LACKS_A_LIBRARY =
            "#!/bin/sh\necho 'error while loading shared libraries: libssl.so.3' >&2\nexit 127\n";

    @TempDir
    Path temp;

    @Test
    void theJarsOwnIsUnpackedOnceAndKept() throws Exception {
        AtomicInteger unpacked = new AtomicInteger();
        Binary binary = new Binary(
                dir -> {
                    unpacked.incrementAndGet();
                    return script(dir.toPath(), "redis-server-own", version("6.2.6"))
                            .toFile();
                },
                "");

        Path first = binary.find(temp.resolve("bin"));
        Path second = binary.find(temp.resolve("bin"));

        assertThat(first).isEqualTo(temp.resolve("bin/redis-server-own")).isEqualTo(second);
        assertThat(unpacked).hasValue(1);
        assertThat(names(temp.resolve("bin"))).containsExactly("redis-server-own");
    }

    @Test
    void whatWasKeptButDoesNotRunIsUnpackedAnew() throws Exception {
        Files.createDirectory(temp.resolve("bin"));
        script(temp.resolve("bin"), "redis-server-own", "");
        Binary binary = new Binary(
                dir -> script(dir.toPath(), "redis-server-own", version("6.2.6"))
                        .toFile(),
                "");

        assertThat(binary.find(temp.resolve("bin"))).hasContent(version("6.2.6").strip());
    }

    @Test
    void theOneOnThePathIsTakenWhereTheJarsOwnDoesNotRun() throws Exception {
        Path old = Files.createDirectory(temp.resolve("old"));
        Path fresh = Files.createDirectory(temp.resolve("fresh"));
        script(old, "redis-server", version("5.0.14"));
        Path expected = script(fresh, "redis-server", version("7.0.15"));
        Binary binary = new Binary(
                dir -> script(dir.toPath(), "redis-server-own", LACKS_A_LIBRARY).toFile(), old + ":" + fresh);

        assertThat(binary.find(temp.resolve("bin"))).isEqualTo(expected);
    }

    @Test
    void aSystemThatTheJarHasNoServerForUsesThePath() throws Exception {
        Path expected = script(temp, "redis-server", version("6.2.0"));
        Binary binary = new Binary(
                dir -> {
                    throw new IllegalStateException("an unknown system");
                },
                temp.toString());

        assertThat(binary.find(temp.resolve("bin"))).isEqualTo(expected);
    }

    @Test
    void whereNoneRunsTheMessageSaysWhatToInstall() throws Exception {
        script(temp, "redis-server", version("6.0.16"));
        Binary binary = new Binary(
                dir -> script(dir.toPath(), "redis-server-own", LACKS_A_LIBRARY).toFile(), temp.toString());

        assertThatThrownBy(() -> binary.find(temp.resolve("bin")))
                .isInstanceOf(EmbeddedRedisException.class)
                .hasMessageContaining("redis-server-own does not run")
                .hasMessageContaining("is version 6.0")
                .hasMessageContaining("install redis-server 6.2 or later");
    }

    @Test
    void theServerThatTheJarCarriesRunsHere() throws Exception {
        Path found = Binary.ofThisMachine().find(temp.resolve("bin"));

        assertThat(found).isExecutable();
    }

    private static String version(String version) {
        return "#!/bin/sh\necho 'Redis server v=" + version + " sha=00000000:0 malloc=libc bits=64'\n";
    }

    private static Path script(Path dir, String name, String text) throws IOException {
        Path file = Files.writeString(dir.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private static List<String> names(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
