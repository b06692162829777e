package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.config.Settings;
import io.headgate.config.SettingsReader;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that only delivers, beside a gateway that only takes events, on one Redis. */
class ProcessorTest {
    @TempDir
    private Path dir;

    private final Sink sink = new Sink();
    private final AtomicBoolean fatal = new AtomicBoolean();
    private final List<Processor> processors = new ArrayList<>();
    private RunningGateway intake;

    @BeforeEach
    void start() {
        intake = RunningGateway.start(dir.resolve("intake"), "routes=[]");
    }

    @AfterEach
    void stop() {
        processors.forEach(Processor::stop);
        intake.close();
        sink.close();
    }

    @Test
    void itDeliversWhatOthersHaveTakenAndTrimsForThem() throws Exception {
        Posts port = processor("p1");
        intake.posts().post(Posts.event(UUID.randomUUID(), "s1"));

        Eventually.isTrue(() -> sink.taken().size() == 1);
        Eventually.isTrue(() -> ready(port) == 200);

        JsonObject here = status(port).getJsonObject("processing");
        assertThat(here.getBoolean("reading")).isTrue();
        assertThat(here.getJsonArray("routes").getJsonObject(0).getString("name"))
                .isEqualTo("crm");
        assertThat(intake.status().getJsonObject("processing").getBoolean("reading"))
                .isFalse();
        Eventually.isTrue(() -> intake.status().getJsonObject("processing").getBoolean("trims"));
    }

    @Test
    void itNeverPagesForLeadsWhichItDoesNotSee() throws Exception {
        Posts port = processor(
                "p1",
                "sources=[{name: demo, write-key: demo, origins: ['*'], silence: 1s, expect-leads: true}]",
                "alerts.lead-flow.silence=1s",
                "alerts.heartbeat.url=http://127.0.0.1:1/");

        Eventually.isTrue(() -> age(status(port)).toSeconds() >= 3);

        JsonObject alerts = status(port).getJsonObject("alerts");
        assertThat(alerts.getJsonArray("firing")).isEmpty();
        assertThat(alerts.getJsonArray("recent")).isEmpty();
        assertThat(alerts.getValue("heartbeat")).isNull();
        assertThat(alerts.getLong("watch_faults")).isZero();
        assertThat(status(port).containsKey("lead_flow")).isFalse();
    }

    @Test
    void itStartsWithoutRedisAndIsReadyWhenRedisAnswers() throws Exception {
        intake.redis().kill();
        Posts port = processor("p1");

        Eventually.isTrue(() -> ready(port) == 503
                && status(port).getJsonObject("redis").getString("trouble").contains("connect"));
        intake.redis().restart();

        Eventually.isTrue(() -> ready(port) == 200);
        intake.awaitStreamMode();
        intake.posts().post(Posts.event(UUID.randomUUID(), "s1"));
        Eventually.isTrue(() -> sink.taken().size() == 1);
        assertThat(fatal).isFalse();
    }

    @Test
    void aRedisThatIsLaidOutOtherwiseEndsIt() throws Exception {
        try (Told told = new Told("Processor")) {
            processor("p1", "redis.partitions=7");

            Eventually.isTrue(fatal::get);
            assertThat(told.lines("ERROR")).singleElement().asString().contains("set redis.partitions back");
        }
    }

    @Test
    void eachNeedsADirectoryOfItsOwn() throws Exception {
        processor("p1");

        assertThatThrownBy(() -> processor("p1"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("each process needs one of its own");
    }

    private Posts processor(String name, String... more) throws Exception {
        List<String> flags = new ArrayList<>(List.of(
                "instance=" + name,
                "data-dir=" + dir.resolve(name),
                "management.port=0",
                "redis.uri=" + intake.redis().uri()));
        flags.addAll(List.of(sink.settings()));
        flags.addAll(List.of(more));
        Settings settings = new SettingsReader(Map.of(), Runtime.getRuntime().maxMemory())
                .read(Optional.of(Path.of("conf/headgate.yaml")), flags);
        Processor started = Processor.start(settings, Gateway.vertx(), () -> fatal.set(true));
        processors.add(started);
        return new Posts(started.managePort());
    }

    private static int ready(Posts port) {
        HttpResponse<String> answer = port.ask("GET", "/readyz");
        return answer.statusCode();
    }

    private static JsonObject status(Posts port) {
        return new JsonObject(port.ask("GET", "/status").body());
    }

    private static Duration age(JsonObject status) {
        return Duration.between(Instant.parse(status.getString("started")), Instant.parse(status.getString("now")));
    }
}
