package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.destination.DestinationSettings;
import io.headgate.destination.Limits;
import io.headgate.process.RouteSettings;
import io.headgate.process.RouteSettings.Condition;
import io.headgate.process.RouteSettings.Fields;
import io.headgate.process.RouteSettings.Match;
import io.headgate.process.RouteSettings.Priority;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Destinations and routes: what is read. */
class RoutesTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    Path temp;

    @Test
    void aDestinationOfEachTypeIsReadWhole() throws Exception {
        Settings settings = read(
                """
                destinations:
                  - {name: crm, type: webhook, url: 'https://crm.example/hook', secret: '${CRM}', timeout: 3s,
                     batch-events-max: 2, batch-bytes-max: 2KiB, concurrency: 3, events-per-second: 4, linger: 5ms}
                  - {name: wh, type: postgres, uri: 'postgresql://u:p%40@db:5432/events', table: a.b, retention: 0, timeout: 6s}
                  - {name: files, type: archive, dir: /var/files, retention: 7d, free-bytes-min: 2GiB}
                routes: []
                """);

        assertThat(settings.destinations())
                .containsExactly(
                        new DestinationSettings.Webhook(
                                "crm",
                                URI.create("https://crm.example/hook"),
                                List.of(SECRET),
                                Duration.ofSeconds(3),
                                new Limits(2, 2_048, 3, 4, Duration.ofMillis(5))),
                        new DestinationSettings.Postgres(
                                "wh",
                                "postgresql://u:p%40@db:5432/events",
                                "a.b",
                                Duration.ZERO,
                                Duration.ofSeconds(6),
                                new Limits(1_000, 4_194_304, 2, 0, Duration.ofMillis(50))),
                        new DestinationSettings.Archive(
                                "files",
                                Path.of("/var/files"),
                                Duration.ofDays(7),
                                2_147_483_648L,
                                new Limits(5_000, 8_388_608, 1, 0, Duration.ofSeconds(1))));
    }

    @Test
    void whatADestinationLeavesOutHasItsTypesDefault() throws Exception {
        Settings settings = read(
                """
                data-dir: elsewhere
                destinations:
                  - {name: crm, type: webhook, url: 'http://crm'}
                  - {name: wh, type: postgres, uri: 'postgres://u@db/events'}
                  - {name: archive, type: archive}
                """);

        assertThat(settings.destinations())
                .containsExactly(
                        new DestinationSettings.Webhook(
                                "crm",
                                URI.create("http://crm"),
                                List.of(),
                                Duration.ofSeconds(10),
                                new Limits(1, 1_048_576, 8, 0, Duration.ZERO)),
                        new DestinationSettings.Postgres(
                                "wh",
                                "postgres://u@db/events",
                                "headgate_events",
                                Duration.ofDays(180),
                                Duration.ofSeconds(30),
                                new Limits(1_000, 4_194_304, 2, 0, Duration.ofMillis(50))),
                        new DestinationSettings.Archive(
                                "archive",
                                Path.of("elsewhere/archive"),
                                Duration.ofDays(180),
                                1_073_741_824,
                                new Limits(5_000, 8_388_608, 1, 0, Duration.ofSeconds(1))));
    }

    @Test
    void aRouteIsReadWhole() throws Exception {
        Settings settings = read(
                """
                routes:
                  - name: hot
                    destination: archive
                    priority: high
                    order: session
                    from: now
                    match:
                      - {leads: true, sources: shop}
                      - events: [page_view, checkout_initiated]
                        where:
                          - {field: /context/page, contains: /pricing}
                          - {field: /properties/plan, in: [pro, team]}
                          - {field: /properties/plan, not-in: free}
                          - {field: /properties/trial, equals: false}
                          - {field: /user_id, present: true}
                          - {field: /context/campaign, present: false}
                          - {field: /context/page, starts-with: 'https://'}
                          - {field: /properties/amount, at-least: -0.5}
                          - {field: /properties/amount, at-most: 100}
                    fields: {pick: [/event_id, /context], drop: /context/click_ids, rename: {/context/page: /page, /a~1b: /c}}
                """);

        assertThat(settings.process().routes())
                .containsExactly(new RouteSettings(
                        "hot",
                        "archive",
                        List.of(
                                new Match(List.of(), true, List.of("shop"), List.of()),
                                new Match(List.of("page_view", "checkout_initiated"), false, List.of(), everyTest())),
                        Priority.HIGH,
                        true,
                        false,
                        new Fields(
                                List.of("/event_id", "/context"),
                                List.of("/context/click_ids"),
                                Map.of("/context/page", "/page", "/a~1b", "/c"))));
    }

    private static List<Condition> everyTest() {
        return List.of(
                new Condition("/context/page", RouteSettings.Test.CONTAINS, List.of("/pricing")),
                new Condition("/properties/plan", RouteSettings.Test.IN, List.of("pro", "team")),
                new Condition("/properties/plan", RouteSettings.Test.NOT_IN, List.of("free")),
                new Condition("/properties/trial", RouteSettings.Test.IN, List.of("false")),
                new Condition("/user_id", RouteSettings.Test.PRESENT, List.of()),
                new Condition("/context/campaign", RouteSettings.Test.ABSENT, List.of()),
                new Condition("/context/page", RouteSettings.Test.STARTS_WITH, List.of("https://")),
                new Condition("/properties/amount", RouteSettings.Test.AT_LEAST, List.of("-0.5")),
                new Condition("/properties/amount", RouteSettings.Test.AT_MOST, List.of("100")));
    }

    @Test
    void aRouteThatSaysNothingMoreTakesEveryEventFromTheStart() throws Exception {
        Settings settings = read("routes: [{name: all, destination: archive}]");

        assertThat(settings.process().routes())
                .containsExactly(new RouteSettings(
                        "all",
                        "archive",
                        List.of(new Match(List.of(), false, List.of(), List.of())),
                        Priority.NORMAL,
                        false,
                        true,
                        Fields.ALL));
    }

    @Test
    void theArchiveIsThereForRoutesAsLongAsNoDestinationsAreWritten() throws Exception {
        Settings settings = read("routes: [{name: leads, destination: archive, match: [{leads: true}]}]");

        assertThat(settings.destinations())
                .extracting(DestinationSettings::name)
                .containsExactly("archive");
        assertThat(settings.process().routes()).extracting(RouteSettings::name).containsExactly("leads");
    }

    @Test
    void anArchiveOfOnesOwnTakesTheDefaultRoute() throws Exception {
        Settings settings = read("destinations: [{name: archive, type: postgres, uri: 'postgres://u@db/events'}]");

        assertThat(settings.process().routes()).extracting(RouteSettings::name).containsExactly("archive");
    }

    @Test
    void noRoutesSwitchTheRoadOutOffAndDestinationsMayStay() throws Exception {
        Settings settings = read("routes: []");

        assertThat(settings.process().routes()).isEmpty();
        assertThat(settings.destinations()).hasSize(1);
    }

    @Test
    void theConsumerIsTheInstanceAlsoWhenItsNameIsMade() throws Exception {
        Settings settings = read("instance: gw-1\ndata-dir: " + temp.resolve("data"));

        assertThat(settings.process().consumer()).isEqualTo("gw-1");
        assertThat(settings.named("gw-2").process().consumer()).isEqualTo("gw-2");
        assertThat(settings.named("gw-2").process().routes())
                .isEqualTo(settings.process().routes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0d", "0ms", "0s"})
    void aRetentionOfNothingMeansNever(String never) throws Exception {
        Settings settings = read("destinations: [{name: archive, type: archive, retention: " + never + "}]");

        assertThat(settings.destinations().get(0)).extracting("retention").isEqualTo(Duration.ZERO);
    }

    private Settings read(String yaml) throws Exception {
        Path file = Files.writeString(temp.resolve("headgate.yaml"), yaml);
        return new SettingsReader(Map.of("CRM", SECRET), 400 << 20).read(Optional.of(file), List.of());
    }
}
