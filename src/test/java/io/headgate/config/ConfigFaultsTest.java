package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What refuses the start, and how it is said. */
class ConfigFaultsTest {
    private static final long HEAP = 400 << 20;

    @TempDir
    Path temp;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void allFaultsAreNamedAtOnceWithPlaceKeyValueAndWhatIsAllowed() throws Exception {
        environment.put("HEADGATE_REDIS_PARTITIONS", "none");
        Path file = file(
                """
                http:
                  port: 70000
                  prot: 80
                redis:
                  deadline: 5
                management: {token: "${NO_SUCH}"}
                colour: red
                """);

        List<ConfigFault> faults = faults(file, "http.body-bytes-max=-1", "http.hots=x");

        assertThat(faults)
                .extracting(ConfigFault::toString)
                .map(line -> line.replace(temp + "/", ""))
                .containsExactlyInAnyOrder(
                        "headgate.yaml:2: http.port is 70000: must be a whole number from 0 to 65535",
                        "headgate.yaml:3: http.prot: there is no such setting, did you mean http.port?",
                        "headgate.yaml:5: redis.deadline is 5: must be a duration from 10ms to 1m, such as 500ms, 10s,"
                                + " 5m or 24h",
                        "headgate.yaml:6: management.token is (hidden): the environment has no variable NO_SUCH",
                        "headgate.yaml:7: colour: there is no such setting",
                        "environment HEADGATE_REDIS_PARTITIONS: redis.partitions is none: must be a whole number from 1"
                                + " to 1024",
                        "--set: http.body-bytes-max is -1: must be bytes from 1 to 1073741824, such as 65536 or 64KiB",
                        "--set: http.hots: there is no such setting, did you mean http.host?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "management: {token: 'top secret'}",
                "sources: [{name: a, write-key: 'top secret'}]",
                "sources: [{name: a, write-kye: 'top-secret'}]",
                "sources: [{name: a, write-key: top-secret}, {name: b, write-key: top-secret}]",
                "redis: {uri: 'redis://user:top-secret@host:99999'}",
                "redis: {uri: 'redis://user:top/secret@@host:99999'}",
                "redis: {uri: [redis://a, 'http://:top-secret@b']}",
                "redis: {uri: 'mysql://a?password=top-secret'}",
                "redis: {password: top-secret}",
                "management: {token: top-secret, token: top-secret}",
                "management: {token: 'top-secret",
                "management: {token: \"${file:/dev/null/top}secret\"}",
            })
    void aSecretIsNeverShown(String yaml) throws Exception {
        environment.put("KEY", "top secret");

        List<ConfigFault> faults = faults(file(yaml + "\n"));

        assertThat(faults.toString()).doesNotContain("secret");
    }

    @Test
    void whatAReferenceHoldsIsNeverShown() throws Exception {
        environment.put("SOMETHING", "top-secret");

        List<ConfigFault> faults = faults(file("http: {port: \"${SOMETHING}\"}\n"));

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).toString()).contains("${SOMETHING}").doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http: {port: 1, port: 2}                        | http.port               | second time",
                "http: {port: 1}\\nhttp: {port: 2}               | http                    | second time",
                "[1, 2]                                          |                         | must be a map",
                "http: [1]                                       | http                    | must be a map",
                "http: {port: [1]}                               | http.port               | whole number",
                "http: {port: }                                  | http.port               | whole number",
                "http: {port: 080}                               | http.port               | whole number",
                "http: {port: 8_080}                             | http.port               | whole number",
                "redis: {allow-eviction: yes}                    | redis.allow-eviction    | true or false",
                "sources: []                                     | sources                 | a list of 1",
                "sources: {name: a}                              | sources                 | a list of 1",
                "sources: [a]                                    | sources[0]              | must be a map",
                "sources: [{name: a}]                            | sources[0].write-key    | is missing",
                "sources: [{write-key: a}]                       | sources[0].name         | is missing",
                "sources: [{name: '*', write-key: a}]            | sources[0].name         | letters",
                "sources: [{name: a, write-key: 'a:b'}]          | sources[0].write-key    | without spaces and colons",
                "sources: [{name: a, write-key: a, origins: [http://a/]}] | sources[0].origins[0] | without a path",
                "sources: [{name: a, write-key: a, origin: 'b'}] | sources[0].origin       | did you mean origins",
                "sources: [{name: a, write-key: a}, {name: a, write-key: b}] | sources[1].name | an earlier one",
                "sources: [{name: a, write-key: a}, {name: b, write-key: a}] | sources[1].write-key | an earlier one",
                "redis: {uri: []}                                | redis.uri               | at least one",
                "redis: {uri: [embedded, redis://a]}             | redis.uri               | embedded alone",
                "redis: {uri: localhost:6379}                    | redis.uri               | redis://HOST",
                "redis: {uri: unix://a}                          | redis.uri               | unix:///PATH",
                "redis: {key-prefix: 'a{b}'}                     | redis.key-prefix        | 1 to 64 letters",
                "alarms: {repeat: 30m}                           | alarms                  | no such setting",
                "alerts: {repeat: 999ms}                         | alerts.repeat           | a duration from 1s",
                "alerts: {lead-flow: {silence: 999ms}}           | alerts.lead-flow.silence | a duration from 1s",
                "alerts: {receivers: {}}                         | alerts.receivers        | a list of 0 to 100 receivers",
                "alerts: {receivers: [{type: slack, url: 'http://a'}]}    | alerts.receivers[0].name | is missing",
                "alerts: {receivers: [{name: a, url: 'http://a'}]}        | alerts.receivers[0].type | is missing",
                "alerts: {receivers: [{name: a, type: sms}]}              | alerts.receivers[0].type | one of alertmanager",
                "alerts: {receivers: [{name: a, type: slack}]}            | alerts.receivers[0].url  | is missing",
                "alerts: {receivers: [{name: a, type: pagerduty}]}        | alerts.receivers[0].routing-key | is missing",
                "alerts: {receivers: [{name: a, type: slack, url: a}]}    | alerts.receivers[0].url  | an address such as",
                "alerts: {receivers: [{name: a, type: slack, url: 'http://u:p@a'}]} | alerts.receivers[0].url | without user",
                "alerts: {receivers: [{name: a, type: slack, url: 'http://a', secret: x}]} | alerts.receivers[0].secret | no such",
                "alerts: {receivers: [{name: a, type: webhook, url: 'http://a', secret: x}]} | alerts.receivers[0].secret | whsec_",
                "alerts: {receivers: [{name: a, type: slack, url: 'http://a', priorities: P2}]} | alerts.receivers[0].priorities | P0 or P1",
                "alerts: {heartbeat: {url: 'ftp://a'}}           | alerts.heartbeat.url    | an address such as",
                "alerts: {silences: [{alert: X, from: 2026-12-24T18:00:00Z, to: 2026-12-25T18:00:00Z, reason: r}]} | alerts.silences[0].alert | LeadFlowStopped",
                "alerts: {silences: [{alert: '*', source: no, from: 2026-12-24T18:00:00Z, to: 2026-12-25T18:00:00Z, reason: r}]} | alerts.silences[0].source | a configured source",
                "alerts: {silences: [{alert: '*', from: 2026-12-24T18:00:00Z, to: 2026-12-24T18:00:00Z, reason: r}]} | alerts.silences[0].to | later than from",
                "alerts: {silences: [{alert: '*', from: tomorrow, to: 2026-12-24T18:00:00Z, reason: r}]} | alerts.silences[0].from | a moment",
                "alerts: {silences: [{alert: '*', from: 2026-12-24T18:00:00Z, to: 2026-12-25T18:00:00Z}]} | alerts.silences[0].reason | is missing",
                "alerts: {silences: [{alert: '*', from: 2026-12-24T18:00:00Z, to: 2026-12-25T18:00:00Z, reason: ' '}]} | alerts.silences[0].reason | a line of 1 to 500",
                "failover: {error-rate: 5}                       | failover.error-rate     | a share from 0",
                "failover: {error-rate: 0.991}                   | failover.error-rate     | a share from 0",
                "failover: {window: 1500ms}                      | failover.window         | whole seconds",
                "journal: {sync: sometimes}                      | journal.sync            | always or never",
                "journal: {bytes-max: 134217727}                 | journal.bytes-max       | twice journal.segment",
                "journal: {segment-bytes: 1048575}               | journal.segment-bytes   | bytes from 1048576",
                "journal: {segment-bytes: 16777215}              | journal.segment-bytes   | twice http.inflated",
                "taxonomy: {dir: no/such}                        | taxonomy.dir            | a directory that is there",
                "http: {event-bytes-max: 2MiB}                   | http.event-bytes-max    | at most http.body-bytes-max",
                "http: {body-bytes-max: 9MiB}                    | http.body-bytes-max     | at most http.inflated",
                "http: {in-flight-bytes-max: 1MiB}               | http.inflated-bytes-max | at most http.in-flight",
                "http: {in-flight-bytes-max: 100%}               | http.in-flight-bytes-max | 1% to 99%",
                "http: {host: 0.0.0.0}                           | http.host               | write key demo",
                "http: {host: my-host.example}                   | http.host               | write key demo",
                "management: {host: 0.0.0.0}                     | management.token        | is needed",
                "management: {port: 8080}                        | management.port         | differ from http.port",
                "redis: {embedded: {port: 8081}}                 | redis.embedded.port     | differ from",
            })
    void whatIsNotAllowedIsRefusedByName(String yaml, String key, String allowed) throws Exception {
        List<ConfigFault> faults = faults(file(yaml.replace("\\n", "\n") + "\n"));

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).key()).isEqualTo(key == null ? "" : key);
        assertThat(faults.get(0).allowed()).contains(allowed);
    }

    @ParameterizedTest
    @ValueSource(ints = {23, 65})
    void aWebhooksSecretIsOf24To64Bytes(int bytes) throws Exception {
        assertThat(faults(webhook(bytes))).extracting(ConfigFault::key).containsExactly("alerts.receivers[0].secret");
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 64})
    void aWebhooksSecretAtItsLimitsIsTaken(int bytes) throws Exception {
        assertThat(new SettingsReader(environment, HEAP).read(Optional.of(webhook(bytes)), List.of()))
                .isNotNull();
    }

    @Test
    void aWiderHostIsAllowedOnceTheDemoKeyIsGone() throws Exception {
        Path file = file("http: {host: 0.0.0.0}\nsources: [{name: demo, write-key: another}]\n");

        Settings settings = new SettingsReader(environment, HEAP).read(Optional.of(file), List.of());

        assertThat(settings.http().host()).isEqualTo("0.0.0.0");
    }

    @Test
    void theDemoKeyIsKnownThroughAReferenceToo() throws Exception {
        environment.put("KEY", "demo");

        List<ConfigFault> faults = faults(
                file("http: {host: 0.0.0.0}\nsources: [{name: a, write-key: x}, {name: b, write-key: \"${KEY}\"}]\n"));

        assertThat(faults).extracting(ConfigFault::key).containsExactly("http.host");
    }

    @Test
    void aFileThatIsNotThereIsAFault() {
        List<ConfigFault> faults = faults(temp.resolve("none.yaml"));

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).toString()).contains("none.yaml").contains("cannot be read");
    }

    @Test
    void aFileThatIsNoYamlSaysTheLine() throws Exception {
        List<ConfigFault> faults = faults(file("http:\n  port: [1\nredis: {}\n"));

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).place()).matches(".*headgate.yaml:\\d+");
        assertThat(faults.get(0).allowed()).startsWith("no YAML");
    }

    @Test
    void aTagMakesNoObject() throws Exception {
        List<ConfigFault> faults = faults(file("http: {port: !!java.net.URL [http://a]}\n"));

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).allowed()).startsWith("no YAML");
    }

    @Test
    void aFlagWithoutAValueOrOfASectionIsAFault() throws Exception {
        List<ConfigFault> faults = faults(file(""), "http.port", "http={port: 1}");

        assertThat(faults).extracting(ConfigFault::key).containsExactly("http.port", "http");
    }

    @Test
    void aFaultInAValueThatIsOverriddenIsNone() throws Exception {
        Path file = file("http: {port: wrong}\n");

        Settings settings = new SettingsReader(environment, HEAP).read(Optional.of(file), List.of("http.port=1"));

        assertThat(settings.http().port()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "https://shop.example",
                "http://localhost:3000",
                "http://[::1]:8080",
                "chrome-extension://abcdefg"
            })
    void anOriginIsTakenAsBrowsersSendIt(String origin) {
        assertThat(originFaults(origin)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.example",
                "https://shop.example/",
                "https://Shop.example",
                "https://shop.example:443",
                "http://shop.example:80",
                "https://*.shop.example",
                "https://shop.example:0",
                "https://a@b",
                ""
            })
    void anOriginThatNoBrowserSendsIsRefused(String origin) {
        assertThat(originFaults(origin)).hasSize(1);
    }

    private List<ConfigFault> originFaults(String origin) {
        String sources = "sources=[{name: a, write-key: k, origins: [\"" + origin + "\"]}]";
        try {
            new SettingsReader(environment, HEAP).read(Optional.of(file("")), List.of(sources));
            return List.of();
        } catch (ConfigException e) {
            return e.faults();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Path webhook(int secretBytes) throws Exception {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[secretBytes]);
        return file("alerts: {receivers: [{name: a, type: webhook, url: 'http://a', secret: '" + secret + "'}]}\n");
    }

    private Path file(String text) throws Exception {
        return Files.writeString(temp.resolve("headgate.yaml"), text);
    }

    private List<ConfigFault> faults(Path file, String... flags) {
        return catchThrowableOfType(ConfigException.class, () -> new SettingsReader(environment, HEAP)
                        .read(Optional.of(file), List.of(flags)))
                .faults();
    }
}
