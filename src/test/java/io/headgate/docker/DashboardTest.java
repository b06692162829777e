package io.headgate.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Grafana would show crooked or not at all, as far as it can be seen without one. */
class DashboardTest {
    private static final int COLUMNS = 24;

    @Test
    void everyPanelAsksTheProvisionedSourceAndSaysWhatItShows() throws IOException {
        Object provisioned = WatchFiles.maps(WatchFiles.yaml("grafana/provisioning/datasources/prometheus.yml")
                        .get("datasources"))
                .get(0)
                .get("uid");

        assertThat(WatchFiles.panels()).allSatisfy(panel -> {
            assertThat(panel.getJsonObject("datasource").getString("uid")).isEqualTo(provisioned);
            assertThat(panel.getString("title")).isNotBlank();
            assertThat(panel.getString("description")).isNotBlank();
            assertThat(panel.getJsonArray("targets")).isNotEmpty();
        });
    }

    @Test
    void noTwoPanelsShareAPlaceOrAnId() throws IOException {
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        List<String> clashes = new ArrayList<>();
        for (JsonObject panel : WatchFiles.objects(WatchFiles.dashboard().getJsonArray("panels"))) {
            JsonObject at = panel.getJsonObject("gridPos");
            boolean fits = at.getInteger("x") + at.getInteger("w") <= COLUMNS && ids.add(panel.getInteger("id"));
            for (int x = at.getInteger("x"); x < at.getInteger("x") + at.getInteger("w"); x++) {
                for (int y = at.getInteger("y"); y < at.getInteger("y") + at.getInteger("h"); y++) {
                    fits &= cells.add(x + "," + y);
                }
            }
            if (!fits) {
                clashes.add(panel.getString("title"));
            }
        }

        assertThat(clashes).isEmpty();
    }
}
