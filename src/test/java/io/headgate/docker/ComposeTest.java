package io.headgate.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** What compose.yaml and the Dockerfile promise, where no container engine is there to show it. */
class ComposeTest {
    /** A tag of three numbers at least: one that does not move to the next release. */
    private static final String EXACT = "[\\w./-]+:v?\\d+\\.\\d+\\.\\d+[\\w.-]*|[\\w./-]+:[a-z]+-\\d{8}-slim";

    private static Map<String, Map<String, Object>> services() throws IOException {
        Map<String, Map<String, Object>> services = new TreeMap<>();
        WatchFiles.map(WatchFiles.yaml("compose.yaml").get("services"))
                .forEach((name, service) -> services.put(name, WatchFiles.map(service)));
        return services;
    }

    @Test
    void everyServiceIsShutInAndLimited() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        services().forEach((name, service) -> {
            softly.assertThat(service.get("read_only")).as(name).isEqualTo(true);
            softly.assertThat(service.get("cap_drop")).as(name).isEqualTo(List.of("ALL"));
            softly.assertThat(service.get("security_opt")).as(name).isEqualTo(List.of("no-new-privileges:true"));
            softly.assertThat(service.get("mem_limit")).as(name).isNotNull();
            softly.assertThat(service.get("logging")).as(name).isNotNull();
        });
        softly.assertAll();
    }

    @Test
    void everyPortIsOnLoopback() throws IOException {
        List<String> ports = services().values().stream()
                .flatMap(service -> ((List<?>) service.getOrDefault("ports", List.of())).stream())
                .map(String.class::cast)
                .toList();

        assertThat(ports).hasSize(5).allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void everyImageIsOfAnExactVersion() throws IOException {
        List<String> images = services().values().stream()
                .filter(service -> !service.containsKey("build"))
                .map(service -> (String) service.get("image"))
                .toList();
        List<String> bases = Files.readAllLines(Path.of("docker/Dockerfile")).stream()
                .filter(line -> line.matches("ARG \\w+_IMAGE=.*"))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .toList();

        assertThat(images).hasSize(5).allMatch(image -> image.matches(EXACT));
        assertThat(bases).hasSize(2).allMatch(image -> image.matches(EXACT));
    }

    @Test
    void theGatewayAndItsRedisRunWithoutTheOthers() throws IOException {
        List<String> always = services().entrySet().stream()
                .filter(service -> !service.getValue().containsKey("profiles"))
                .map(Map.Entry::getKey)
                .toList();

        assertThat(always).containsExactly("headgate", "redis", "secrets");
        assertThat(Files.readString(Path.of("docker/.env"))).contains("COMPOSE_PROFILES=monitoring");
    }

    @Test
    void redisKeepsWhatItConfirmedAndEvictsNothing() throws IOException {
        String command = (String) services().get("redis").get("command");

        assertThat(command)
                .contains("--appendonly yes")
                .contains("--appendfsync always")
                .contains("--maxmemory-policy noeviction")
                .contains("--maxmemory 1gb");
    }

    @Test
    void everyFileThatIsMountedIsThere() throws IOException {
        List<Path> mounted = services().values().stream()
                .flatMap(service -> ((List<?>) service.getOrDefault("volumes", List.of())).stream())
                .map(String.class::cast)
                .filter(volume -> volume.startsWith("."))
                .map(volume -> Path.of("docker").resolve(volume.substring(0, volume.indexOf(':'))))
                .collect(Collectors.toList());

        assertThat(mounted).hasSizeGreaterThan(4).allMatch(Files::exists);
    }

    @Test
    void whatPrometheusAsksIsCalledAsTheGatewayCallsItself() throws IOException {
        Object named =
                WatchFiles.map(services().get("headgate").get("environment")).get("HEADGATE_INSTANCE");
        Map<String, Object> job = WatchFiles.maps(
                        WatchFiles.yaml("prometheus/prometheus.yml").get("scrape_configs"))
                .get(0);
        Object asked = WatchFiles.map(
                        WatchFiles.maps(job.get("static_configs")).get(0).get("labels"))
                .get("instance");

        assertThat(asked).isEqualTo(named);
    }
}
