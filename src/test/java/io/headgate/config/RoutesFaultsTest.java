package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Destinations and routes: what refuses the start, and how it is said. */
class RoutesFaultsTest {
    @TempDir
    Path temp;

    @Test
    void destinationsThatAreWrittenTakeTheArchivesPlaceAndARouteToItIsAFault() {
        List<ConfigFault> faults = faults(
                """
                destinations: [{name: crm, type: webhook, url: 'http://crm'}]
                routes: [{name: all, destination: archive}]
                """);

        assertThat(faults)
                .extracting(ConfigFault::toString)
                .containsExactly(temp + "/headgate.yaml:2: routes[0].destination is archive: must be the name of a"
                        + " destination: crm");
    }

    @Test
    void destinationsWithoutRoutesDoNotSilentlyDeliverNothing() {
        List<ConfigFault> faults = faults("destinations: [{name: crm, type: webhook, url: 'http://crm'}]");

        assertThat(faults).extracting(ConfigFault::key).containsExactly("routes");
        assertThat(faults.get(0).allowed()).contains("is missing").contains("[] for none");
    }

    @Test
    void allFaultsAreNamedAtOnceAndNoneThatOnlyFollows() {
        List<ConfigFault> faults = faults(
                """
                destinations:
                  - {name: 'c r m', type: webhook, url: 'http://crm'}
                  - {name: wh, type: postgres, uri: 'postgres://u@db/events', colour: red}
                routes:
                  - {name: a, destination: crm, match: [{event: [x], where: [{field: page, equals: a}]}]}
                  - {name: a, destination: wh, fields: {pick: [event_id]}, priority: urgent}
                processing: {retry: {attempts: 0}}
                """);

        assertThat(faults)
                .extracting(ConfigFault::key)
                .containsExactlyInAnyOrder(
                        "destinations[0].name",
                        "destinations[1].colour",
                        "routes[0].match[0].event",
                        "routes[0].match[0].where[0].field",
                        "routes[1].name",
                        "routes[1].fields.pick[0]",
                        "routes[1].priority",
                        "processing.retry.attempts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: archive}                              | name           | is missing",
                "{name: a}                                    | type           | is missing",
                "{name: a b, type: archive}                   | name           | 1 to 64 letters",
                "{name: a, type: kafka}                       | type           | one of archive, postgres, webhook",
                "{name: a, type: webhook}                     | url            | is missing",
                "{name: a, type: webhook, url: a}             | url            | an address such as",
                "{name: a, type: webhook, url: 'http://u:p@a'} | url           | without user",
                "{name: a, type: webhook, url: 'http://a', secret: x} | secret | whsec_",
                "{name: a, type: webhook, url: 'http://a', table: x}  | table  | of type webhook has no such setting",
                "{name: a, type: webhook, url: 'http://a', retention: 1d} | retention | webhook has no such",
                "{name: a, type: webhook, url: 'http://a', timeout: 99ms} | timeout | from 100ms to 10m",
                "{name: a, type: archive, timeout: 1s}        | timeout        | archive has no such",
                "{name: a, type: archive, retentions: 1d}      | retentions     | did you mean retention",
                "{name: a, type: archive, dir: ''}            | dir            | a directory",
                "{name: a, type: archive, retention: 23h}     | retention      | from 1d to 36500d",
                "{name: a, type: archive, retention: 23h}     | retention      | or 0 for never",
                "{name: a, type: archive, batch-events-max: 0} | batch-events-max | from 1 to 100000",
                "{name: a, type: archive, batch-bytes-max: 1023} | batch-bytes-max | from 1024",
                "{name: a, type: archive, concurrency: 0}     | concurrency    | from 1 to 1000",
                "{name: a, type: archive, events-per-second: -1} | events-per-second | from 0",
                "{name: a, type: archive, linger: 61s}        | linger         | to 1m",
                "{name: a, type: postgres}                    | uri            | is missing",
                "{name: a, type: postgres, uri: 'mysql://u@h/d'}            | uri | postgresql://USER",
                "{name: a, type: postgres, uri: 'postgres://h/d'}           | uri | postgresql://USER",
                "{name: a, type: postgres, uri: 'postgres://u@h'}           | uri | postgresql://USER",
                "{name: a, type: postgres, uri: 'postgres://:p@h/d'}        | uri | postgresql://USER",
                "{name: a, type: postgres, uri: 'postgres://u:p/q@h/d'}     | uri | as %XX",
                "{name: a, type: postgres, uri: 'postgres://u@h:65536/d'}   | uri | postgresql://USER",
                "{name: a, type: postgres, uri: 'postgres://u@h/d?sslmode=maybe'}   | uri | sslmode",
                "{name: a, type: postgres, uri: 'postgres://u@h/d', table: 'a;b'}   | table | SCHEMA.TABLE",
                "{name: a, type: postgres, uri: 'postgres://u@h/d', table: Events}  | table | lower-case",
                "{name: a, type: postgres, uri: 'postgres://u@h/d', table: a.b.c}   | table | SCHEMA.TABLE",
            })
    void aDestinationThatCannotBeIsRefusedByName(String destination, String key, String allowed) {
        List<ConfigFault> faults = faults("destinations: [" + destination + "]\nroutes: []\n");

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).key()).isEqualTo("destinations[0]." + key);
        assertThat(faults.get(0).allowed()).contains(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "destinations: {}                                                   | destinations    | a list of 0 to 100",
                "destinations: [archive]                                            | destinations[0] | must be a map",
                "destinations: [{name: archive, type: archive}, {name: archive, type: archive, dir: b}] | destinations[1].name | an earlier one",
                "destinations: [{name: archive, type: archive}, {name: b, type: archive}] | destinations[1].dir | an earlier archive",
                "destinations: [{name: archive, type: archive, dir: x/../y}, {name: b, type: archive, dir: y}] | destinations[1].dir | an earlier archive",
                "destinations: []                                                   | routes          | is missing",
                "routes: {}                                                         | routes          | a list of 0 to 100 routes",
                "routes: [archive]                                                  | routes[0]       | must be a map",
                "processing: {retry: {first: 9ms}}                                  | processing.retry.first    | from 10ms",
                "processing: {retry: {first: 2h}}                                   | processing.retry.max      | at least processing.retry.first, which is 2h",
                "processing: {retry: {attempts: 1001}}                              | processing.retry.attempts | to 1000",
                "processing: {retry: {attempts: 5}}                                 | processing.retry.attempts | from 6",
                "processing: {lag: 999ms}                                           | processing.lag  | from 1s to 30d",
                "processing: {retries: 1}                                           | processing.retries | no such setting",
                "redis: {keep: 59s}                                                 | redis.keep      | from 1m to 365d",
                "redis: {keep: 366d}                                                | redis.keep      | from 1m to 365d",
            })
    void whatIsNotAllowedIsRefusedByName(String yaml, String key, String allowed) {
        List<ConfigFault> faults = faults(yaml + "\n");

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).key()).isEqualTo(key);
        assertThat(faults.get(0).allowed()).contains(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "destination: archive                        | .name              | is missing",
                "name: a                                     | .destination       | is missing",
                "name: a, destination: none                  | .destination       | the name of a destination: archive",
                "name: a/b, destination: archive             | .name              | 1 to 64 letters",
                "name: a, destination: archive, order: id    | .order             | none or session",
                "name: a, destination: archive, from: end    | .from              | now or start",
                "name: a, destination: archive, destinaton: x | .destinaton       | did you mean destination",
                "name: a, destination: archive, match: []    | .match             | a list of 1 to 100 match",
                "name: a, destination: archive, match: {leads: true} | .match     | a list of 1",
                "name: a, destination: archive, match: [{leads: yes}] | .match[0].leads | true or false",
                "name: a, destination: archive, match: [{events: [Lead]}] | .match[0].events[0] | an event_name",
                "name: a, destination: archive, match: [{sources: ['*']}] | .match[0].sources[0] | 1 to 64 letters",
                "name: a, destination: archive, fields: [/a] | .fields            | must be a map of pick, drop, rename",
                "name: a, destination: archive, fields: {drop: a/b} | .fields.drop | a JSON Pointer",
                "name: a, destination: archive, fields: {drop: /a~2} | .fields.drop | a JSON Pointer",
                "name: a, destination: archive, fields: {drop: ''} | .fields.drop  | a JSON Pointer",
                "name: a, destination: archive, fields: {picks: /a} | .fields.picks | did you mean pick",
                "name: a, destination: archive, fields: {rename: [/a]} | .fields.rename | must be a map",
                "name: a, destination: archive, fields: {rename: {a: /b}} | .fields.rename.a | the name must be a JSON",
                "name: a, destination: archive, fields: {rename: {/a: b}} | .fields.rename./a | a JSON Pointer",
                "name: a, destination: archive, fields: {rename: {/a: /b, /a: /c}} | .fields.rename./a | second time",
                "name: a, destination: archive, fields: {rename: {/a: /x, /b: /x/y}} | .fields.rename | lie in each other",
                "name: a, destination: archive, fields: {rename: {/a: /x, /a/b: /y}} | .fields.rename | lie in each other",
            })
    void aRouteThatCannotBeIsRefusedByName(String route, String key, String allowed) {
        List<ConfigFault> faults = faults("routes: [{" + route + "}]\n");

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).key()).isEqualTo("routes[0]" + key);
        assertThat(faults.get(0).allowed()).contains(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "equals: a                       | .field          | is missing",
                "field: /a                       | ''              | exactly one of present, equals",
                "field: /a, equals: a, in: [b]   | ''              | exactly one of present, equals",
                "field: a, equals: b             | .field          | a JSON Pointer",
                "field: /a, present: maybe       | .present        | true or false",
                "field: /a, in: []               | .in             | a list of 1 to 1000",
                "field: /a, in: [[b]]            | .in[0]          | a text",
                "field: /a, contains: ''         | .contains       | a text of 1",
                "field: /a, starts-with: ''      | .starts-with    | a text of 1",
                "field: /a, at-least: many       | .at-least       | a number",
                "field: /a, at-most: 1e3         | .at-most        | a number",
                "field: /a, equals: b, equal: c  | .equal          | did you mean equals",
            })
    void aConditionThatCannotBeIsRefusedByName(String condition, String key, String allowed) {
        List<ConfigFault> faults =
                faults("routes: [{name: a, destination: archive, match: [{where: [{" + condition + "}]}]}]\n");

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).key()).isEqualTo("routes[0].match[0].where[0]" + key);
        assertThat(faults.get(0).allowed()).contains(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: a, type: webhook, url: 'ftp://top-secret'}",
                "{name: a, type: webhook, url: 'http://a', secret: top-secret}",
                "{name: a, type: archive, url: 'http://a/top-secret'}",
                "{name: a, type: postgres, uri: 'postgres://u:top-secret@h'}",
                "{name: a, type: postgres, uri: top-secret}",
                "{name: a, type: archive, uri: 'postgres://u:top-secret@h/d'}",
                "{name: a, type: postgres, url: 'postgres://u:top-secret@h/d'}",
            })
    void aSecretOfADestinationIsNeverShown(String destination) {
        List<ConfigFault> faults = faults("destinations: [" + destination + "]\nroutes: []\n");

        assertThat(faults).isNotEmpty();
        assertThat(faults.toString()).doesNotContain("top-secret");
    }

    private List<ConfigFault> faults(String yaml) {
        return catchThrowableOfType(ConfigException.class, () -> read(yaml)).faults();
    }

    private Settings read(String yaml) throws Exception {
        Path file = Files.writeString(temp.resolve("headgate.yaml"), yaml);
        return new SettingsReader(Map.of(), 400 << 20).read(Optional.of(file), List.of());
    }
}
