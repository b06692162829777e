package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.alert.AlertSettings;
import io.headgate.alert.LeadFlowSettings;
import io.headgate.alert.Priority;
import io.headgate.alert.ReceiverSettings;
import io.headgate.alert.Silence;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read, and which of several places wins. */
class SettingsReaderTest {
    private static final long HEAP = 400 << 20;

    private static final Set<Priority> BOTH = Set.of(Priority.P0, Priority.P1);

    @TempDir
    Path temp;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void aFlagWinsOverTheEnvironmentTheEnvironmentOverTheFileTheFileOverTheDefault() throws Exception {
        Path file = file("http: {port: 1, connections-max: 11, batch-events-max: 111}\n");
        environment.put("HEADGATE_HTTP_PORT", "2");
        environment.put("HEADGATE_HTTP_CONNECTIONS_MAX", "22");

        Settings settings = read(file, "http.port=3");

        assertThat(settings.http().port()).isEqualTo(3);
        assertThat(settings.http().connectionsMax()).isEqualTo(22);
        assertThat(settings.ingest().batchEventsMax()).isEqualTo(111);
        assertThat(settings.manage().port()).isEqualTo(8081);
    }

    @Test
    void ofOneFlagGivenTwiceTheLastHolds() throws Exception {
        assertThat(read(file(""), "http.port=1", "http.port=2").http().port()).isEqualTo(2);
    }

    @Test
    void aListInAFlagOrTheEnvironmentIsYaml() throws Exception {
        environment.put("HEADGATE_REDIS_URI", "[redis://a:1, redis://b:2]");

        Settings settings = read(file(""), "sources=[{name: shop, write-key: k1, origins: ['https://shop.example']}]");

        assertThat(settings.stream().uris()).containsExactly("redis://a:1", "redis://b:2");
        assertThat(settings.http().sources()).hasSize(1);
        assertThat(settings.http().sources().get(0).name()).isEqualTo("shop");
        assertThat(settings.http().sources().get(0).writeKey()).isEqualTo("k1");
        assertThat(settings.http().sources().get(0).origins()).containsExactly("https://shop.example");
    }

    @Test
    void aPlainFlagIsTakenAsItStands() throws Exception {
        Settings settings = read(file(""), "instance=007", "management.token=#a=b");

        assertThat(settings.instance()).isEqualTo("007");
        assertThat(settings.manage().token()).isEqualTo("#a=b");
    }

    @Test
    void referencesToVariablesAndFilesAreResolvedInValues() throws Exception {
        environment.put("SHOP_KEY", "k-${NOT_LOOKED_AT_AGAIN}");
        Path secret = Files.writeString(temp.resolve("token"), "s3cret\n");
        Path file = file(
                """
                management: {token: "${file:%s}"}
                sources: [{name: shop, write-key: "${SHOP_KEY}"}]
                """
                        .formatted(secret));

        Settings settings = read(file);

        assertThat(settings.manage().token()).isEqualTo("s3cret");
        assertThat(settings.http().sources().get(0).writeKey()).isEqualTo("k-${NOT_LOOKED_AT_AGAIN}");
    }

    @Test
    void aDoubledDollarStandsForItself() throws Exception {
        assertThat(read(file("management: {token: 'a$${b}'}\n")).manage().token())
                .isEqualTo("a${b}");
    }

    @Test
    void anUnknownVariableOnlyWarns() throws Exception {
        environment.put("HEADGATE_SERVICE_HOST", "10.0.0.1");
        environment.put("HEADGATE_HTTP", "tcp://10.0.0.1");

        assertThat(read(file(""))).isEqualTo(new SettingsReader(Map.of(), HEAP).read(Optional.of(file("")), List.of()));
    }

    @Test
    void aNamedServerTakesThePlaceOfTheEmbeddedOne() throws Exception {
        Settings settings = read(file("redis: {uri: 'rediss://user:pass@redis.example:6380/1'}\n"));

        assertThat(settings.embedded()).isEmpty();
        assertThat(settings.stream().uris()).containsExactly("rediss://user:pass@redis.example:6380/1");
    }

    @Test
    void receiversAndSilencesAreReadWhole() throws Exception {
        environment.put("HOOK", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        AlertSettings alerts = read(file(
                        """
                        sources: [{name: shop, write-key: k, silence: 1h, expect-leads: true}]
                        alerts:
                          receivers:
                            - {name: oncall, type: pagerduty, routing-key: key, priorities: P0}
                            - {name: am, type: alertmanager, url: 'http://am:9093'}
                            - {name: hook, type: webhook, url: 'https://hook.example', secret: ['${HOOK}', '${HOOK}']}
                          silences:
                            - {alert: LeadFlowStopped, source: shop, from: 2026-12-24T18:00:00Z, to: 2026-12-26T06:00:00Z, reason: "closed"}
                        """))
                .alerts();

        assertThat(alerts.leadFlow().sources())
                .containsExactly(new LeadFlowSettings.Source("shop", Duration.ofHours(1), true));
        assertThat(alerts.receivers())
                .containsExactly(
                        new ReceiverSettings.PagerDuty(
                                "oncall", ReceiverSettings.PagerDuty.URL, "key", Set.of(Priority.P0)),
                        new ReceiverSettings.Alertmanager("am", URI.create("http://am:9093"), BOTH),
                        new ReceiverSettings.Webhook(
                                "hook",
                                URI.create("https://hook.example"),
                                List.of(environment.get("HOOK"), environment.get("HOOK")),
                                BOTH));
        assertThat(alerts.silences())
                .containsExactly(new Silence(
                        "config-1", "LeadFlowStopped", "shop", 1_798_135_200_000L, 1_798_264_800_000L, "closed"));
    }

    @Test
    void aSectionWithEverythingCommentedOutIsEmpty() throws Exception {
        assertThat(read(file("http:\n  # port: 1\nredis:\n")).http().port()).isEqualTo(8080);
    }

    @Test
    void aShareOfTheHeapIsCountedInBytes() throws Exception {
        assertThat(read(file("http: {in-flight-bytes-max: 10%}\n")).http().inFlightBytesMax())
                .isEqualTo(40 << 20);
        assertThat(read(file("http: {in-flight-bytes-max: 64MiB}\n")).http().inFlightBytesMax())
                .isEqualTo(64 << 20);
    }

    @Test
    void aSourceThatListsNoOriginsIsNoBrowsers() throws Exception {
        Settings settings = read(file("sources: [{name: shop, write-key: k}]\n"));

        assertThat(settings.http().sources().get(0).origins()).isEmpty();
    }

    /** A setting that changes nothing would be one without effect. */
    @ParameterizedTest
    @MethodSource("otherValues")
    void everySettingChangesWhatIsBuilt(Map.Entry<String, String> other) throws Exception {
        // without an address there is no heartbeat
        String heartbeat = "alerts.heartbeat.url=https://beat.example";

        Settings settings = read(file(""), heartbeat, other.getKey() + "=" + other.getValue());

        assertThat(settings).isNotEqualTo(read(file(""), heartbeat));
    }

    @Test
    void noSettingIsForgottenInTheListOfOtherValues() {
        assertThat(otherValues().stream().map(Map.Entry::getKey)).containsExactlyInAnyOrderElementsOf(Keys.ALL);
    }

    static List<Map.Entry<String, String>> otherValues() {
        return List.of(
                Map.entry("instance", "gw-1"),
                Map.entry("data-dir", "elsewhere"),
                Map.entry("http.host", "localhost"),
                Map.entry("http.port", "0"),
                Map.entry("http.body-bytes-max", "64KiB"),
                Map.entry("http.inflated-bytes-max", "2MiB"),
                Map.entry("http.event-bytes-max", "16KiB"),
                Map.entry("http.batch-events-max", "10"),
                Map.entry("http.request-deadline", "5s"),
                Map.entry("http.connections-max", "10"),
                Map.entry("http.in-flight-bytes-max", "50%"),
                Map.entry("management.host", "::1"),
                Map.entry("management.port", "0"),
                Map.entry("management.token", "t"),
                Map.entry("sources", "[{name: other, write-key: k}]"),
                Map.entry("redis.uri", "redis://localhost"),
                Map.entry("redis.embedded.port", "0"),
                Map.entry("redis.embedded.maxmemory", "1GiB"),
                Map.entry("redis.key-prefix", "other"),
                Map.entry("redis.partitions", "8"),
                Map.entry("redis.deadline", "1s"),
                Map.entry("redis.allow-eviction", "true"),
                Map.entry("redis.keep", "1h"),
                Map.entry("dedupe.window", "1h"),
                Map.entry("dedupe.ids-per-window", "1000"),
                Map.entry("failover.error-rate", "0.1"),
                Map.entry("failover.window", "20s"),
                Map.entry("failover.calls-min", "21"),
                Map.entry("failover.retry-after", "1s"),
                Map.entry("journal.segment-bytes", "32MiB"),
                Map.entry("journal.bytes-max", "1GiB"),
                Map.entry("journal.sync", "never"),
                Map.entry("journal.deadline", "2s"),
                Map.entry("taxonomy.dir", "src"),
                Map.entry("destinations", "[{name: archive, type: archive, dir: other}]"),
                Map.entry("routes", "[]"),
                Map.entry("processing.retry.first", "2s"),
                Map.entry("processing.retry.max", "2h"),
                Map.entry("processing.retry.attempts", "17"),
                Map.entry("processing.lag", "5m"),
                Map.entry("alerts.lead-flow.silence", "1h"),
                Map.entry("alerts.lead-flow.per-source", "false"),
                Map.entry("alerts.lead-flow.unusual", "false"),
                Map.entry("alerts.repeat", "1h"),
                Map.entry("alerts.runbook", "https://runbook.example"),
                Map.entry("alerts.receivers", "[{name: chat, type: slack, url: 'https://chat.example'}]"),
                Map.entry("alerts.heartbeat.url", "https://other.example"),
                Map.entry("alerts.heartbeat.every", "5s"),
                Map.entry(
                        "alerts.silences",
                        "[{alert: '*', from: 2026-12-24T18:00:00Z, to: 2026-12-26T06:00:00+01:00, reason: closed}]"));
    }

    @Test
    void durationsAreReadInEveryUnit() throws Exception {
        assertThat(read(file("dedupe: {window: 7d}\n")).stream().dedupeWindow()).isEqualTo(Duration.ofDays(7));
        assertThat(read(file("dedupe: {window: 2h}\n")).stream().dedupeWindow()).isEqualTo(Duration.ofHours(2));
        assertThat(read(file("dedupe: {window: 3m}\n")).stream().dedupeWindow()).isEqualTo(Duration.ofMinutes(3));
        assertThat(read(file("dedupe: {window: 4s}\n")).stream().dedupeWindow()).isEqualTo(Duration.ofSeconds(4));
        assertThat(read(file("redis: {deadline: 250ms}\n")).stream().deadline()).isEqualTo(Duration.ofMillis(250));
    }

    private Path file(String text) throws Exception {
        return Files.writeString(temp.resolve("headgate.yaml"), text);
    }

    private Settings read(Path file, String... flags) throws ConfigException {
        return new SettingsReader(environment, HEAP).read(Optional.of(file), List.of(flags));
    }
}
