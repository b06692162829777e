package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two halves of the road as the packaged jar runs them, each a process of its own, on one Redis. */
class OnlyIT {
    private static final Pattern READY = Pattern.compile("headgate ready .*management=http://127.0.0.1:(\\d+)");
    private static final Pattern DOOR = Pattern.compile("headgate ready http=http://127.0.0.1:(\\d+)");
    private static final Pattern STOPS = Pattern.compile("(headgate stops)");
    private static final int PARTITIONS = 4;

    @TempDir
    Path temp;

    private final RealRedis redis = RealRedis.start();
    private final Sink sink = new Sink();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() throws Exception {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        sink.close();
        redis.close();
    }

    @Test
    void aSignalLetsADelivererFinishWhatIsUnderWayAndEndWithExitCode0() throws Exception {
        sink.holds();
        Process intake = serve("intake");
        Process deliverer = serve("process");
        Posts door = new Posts(Integer.parseInt(said(DOOR, "intake", intake)));
        for (int i = 0; i < 3; i++) {
            assertThat(door.post(Posts.event(UUID.randomUUID(), "s" + i)).status())
                    .isEqualTo(202);
        }
        Eventually.isTrue(() -> sink.asked() == 3);

        deliverer.destroy();
        said(STOPS, "process", deliverer);
        sink.release();

        assertThat(deliverer.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(deliverer.exitValue()).isZero();
        assertThat(sink.taken()).hasSize(3);
        assertThat(pending()).isZero();
        assertThat(acknowledged()).isEqualTo(3);
    }

    @Test
    void twoProcessesShareTheWorkAndTheIntakeShowsThatItDoesNone() throws Exception {
        Process intake = serve("intake");
        serve("process", "data-dir=" + temp.resolve("first"));
        serve("process", "data-dir=" + temp.resolve("second"));
        Posts management = new Posts(Integer.parseInt(said(READY, "intake", intake)));

        Eventually.isTrue(() -> owners().size() == 2);

        JsonObject processing = new JsonObject(management.ask("GET", "/status").body()).getJsonObject("processing");
        assertThat(processing.getBoolean("reading")).isFalse();
        assertThat(processing.getJsonArray("routes")).isEmpty();
    }

    private List<String> owners() {
        List<String> owners = new ArrayList<>();
        for (int p = 0; p < PARTITIONS; p++) {
            Object owner = redis.command("GET", "{headgate:" + p + "}:route:crm:owner");
            if (owner != null) {
                owners.add(owner.toString());
            }
        }
        return owners.stream().distinct().toList();
    }

    private long pending() {
        long pending = 0;
        for (int p = 0; p < PARTITIONS; p++) {
            pending += (Long) redis.list("XPENDING", "{headgate:" + p + "}:events", "route:crm")
                    .get(0);
        }
        return pending;
    }

    private long acknowledged() {
        long sum = 0;
        for (int p = 0; p < PARTITIONS; p++) {
            Object count = redis.command("HGET", "{headgate:" + p + "}:route:crm", "acknowledged");
            sum += count == null ? 0 : Long.parseLong(count.toString());
        }
        return sum;
    }

    private Process serve(String half, String... more) throws IOException {
        List<String> settings = new ArrayList<>(List.of(
                "http.port=0",
                "management.port=0",
                "redis.uri=" + redis.uri(),
                "data-dir=" + temp.resolve("data-" + half)));
        settings.addAll(List.of(sink.settings()));
        settings.addAll(List.of(more)); // the last of a key holds
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of(System.getProperty("headgate.jar")).toAbsolutePath().toString(),
                "serve",
                "--only",
                half));
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        Process process = new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        temp.resolve(half + ".log").toFile()))
                .start();
        started.add(process);
        return process;
    }

    /** What the process logged, the part in parentheses; waits for it. */
    private String said(Pattern pattern, String half, Process process) {
        return Eventually.notNull(() -> find(pattern, half, process));
    }

    private @Nullable String find(Pattern pattern, String half, Process process) {
        try {
            String log = Files.readString(temp.resolve(half + ".log"));
            assertThat(process.isAlive()).as(log).isTrue();
            Matcher matcher = pattern.matcher(log);
            return matcher.find() ? matcher.group(1) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
