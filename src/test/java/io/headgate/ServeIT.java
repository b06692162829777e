package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged jar as a process, started where nothing but the jar is. */
class ServeIT {
    private static final long READY_WITHIN_NANOS = 60_000_000_000L;
    private static final long STOPPED_WITHIN_SECONDS = 20;

    @TempDir
    Path temp;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() throws Exception {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalStopsItInOrderWithExitCode0(String signal) throws Exception {
        Process gateway = serve();

        signal(signal, gateway);

        assertThat(gateway.waitFor(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(gateway.exitValue()).isZero();
    }

    @Test
    void aHangUpDoesNotEndIt() throws Exception {
        Process gateway = serve();

        signal("HUP", gateway);
        signal("HUP", gateway);

        assertThat(gateway.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();
        signal("TERM", gateway);
        assertThat(gateway.waitFor(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(gateway.exitValue()).isZero();
    }

    @Test
    void theJarHoldsAConfigurationAndATaxonomyThatAreValid() throws Exception {
        Process check = java("check");

        assertThat(check.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output()).contains("valid, event types: 9");
        assertThat(check.exitValue()).isZero();
    }

    @Test
    void theJarHoldsNothingOfTheLoadTestsAndNoNativeLibrary() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("headgate.jar"))) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .contains("io/headgate/Main.class")
                    .noneMatch(name -> name.startsWith("META-INF/native/")
                            || name.startsWith("io/gatling/")
                            || name.startsWith("org/openjdk/jmh/"));
        }
    }

    @Test
    void theVersionIsTheBuilds() throws Exception {
        Process version = java("--version");

        assertThat(version.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output()).matches("(?s).*headgate \\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void aConfigurationWithFaultsExitsWith2() throws Exception {
        Process gateway = java("--set", "http.port=x", "--set", "no.such=1");

        assertThat(gateway.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(gateway.exitValue()).isEqualTo(2);
        assertThat(output()).contains("http.port is x").contains("no.such");
    }

    private Process serve() throws Exception {
        Process gateway = java(
                "serve",
                "--set",
                "http.port=0",
                "--set",
                "management.port=0",
                "--set",
                "redis.embedded.port=0",
                "--set",
                "data-dir=" + temp.resolve("data"));
        long start = System.nanoTime();
        while (!output().contains("headgate ready")) {
            assertThat(gateway.isAlive()).as(output()).isTrue();
            assertThat(System.nanoTime() - start).as("ready in time").isLessThan(READY_WITHIN_NANOS);
            LockSupport.parkNanos(20_000_000);
        }
        return gateway;
    }

    private Process java(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of(System.getProperty("headgate.jar")).toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("output").toFile())
                .start();
        started.add(process);
        return process;
    }

    private String output() throws IOException {
        return Files.readString(temp.resolve("output"));
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
