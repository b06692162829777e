package io.headgate.stream;

import static io.headgate.stream.Stores.all;
import static io.headgate.stream.Stores.await;
import static io.headgate.stream.Stores.events;
import static io.headgate.stream.Stores.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.RealRedis;
import io.headgate.event.Event;
import io.headgate.event.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The other ways to reach a Redis: a socket file, Sentinels, a cluster; each with real processes. */
class TopologyTest {
    @Test
    void aUnixSocket() {
        try (RealRedis redis = RealRedis.start("--unixsocket", "redis.sock");
                Stores stores = new Stores()) {
            assertOnce(stores.started(Stores.settings("unix://" + redis.dir().resolve("redis.sock"))));
            assertThat(new Buckets(redis).entries()).isEqualTo(80);
        }
    }

    @Test
    void aClusterOfThree() {
        List<RealRedis> nodes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            nodes.add(RealRedis.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
        }
        try (Stores stores = new Stores()) {
            form(nodes);
            StreamSettings one = Stores.withDeadline(Stores.settings("redis://x"), Duration.ofSeconds(5));
            List<String> uris = nodes.stream().map(RealRedis::uri).toList();

            assertOnce(stores.started(new StreamSettings(
                    uris, "test", 4, one.deadline(), false, one.dedupeWindow(), one.idsPerWindow())));

            assertThat(nodes.stream()
                            .mapToLong(node -> new Buckets(node).entries())
                            .sum())
                    .isEqualTo(80);
            assertThat(nodes)
                    .filteredOn(node -> new Buckets(node).entries() > 0)
                    .hasSizeGreaterThan(1);
        } finally {
            nodes.forEach(RealRedis::close);
        }
    }

    @Test
    void aMasterThatASentinelKnows() throws IOException {
        try (RealRedis redis = RealRedis.start()) {
            Path conf = Files.writeString(
                    redis.dir().resolve("sentinel.conf"), "sentinel monitor leads 127.0.0.1 " + redis.port() + " 1\n");
            try (RealRedis sentinel = RealRedis.sentinel(conf);
                    Stores stores = new Stores()) {
                assertOnce(stores.started(Stores.settings(sentinel.uri() + "?master=leads")));
                assertThat(new Buckets(redis).entries()).isEqualTo(80);
            }
        }
    }

    private static void assertOnce(StreamStore store) {
        for (int p = 0; p < store.partitions(); p++) {
            List<Event> batch = events("s" + p, 20);
            assertThat(await(Appends.append(store, p, batch))).isEqualTo(new Appended(all(Outcome.STORED, 20), null));
            assertThat(await(Appends.append(store, p, batch)).outcomes()).isEqualTo(all(Outcome.DUPLICATE, 20));
        }
    }

    private static void form(List<RealRedis> nodes) {
        int slots = 16_384 / nodes.size() + 1;
        for (int i = 0; i < nodes.size(); i++) {
            List<String> add = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            for (int slot = i * slots; slot < Math.min(16_384, (i + 1) * slots); slot++) {
                add.add(Integer.toString(slot));
            }
            nodes.get(i).command(add.toArray(String[]::new));
            nodes.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            nodes.get(0)
                    .command(
                            "CLUSTER",
                            "MEET",
                            "127.0.0.1",
                            Integer.toString(nodes.get(i).port()));
        }
        for (RealRedis node : nodes) {
            until("cluster is formed", () -> {
                String info = (String) node.command("CLUSTER", "INFO");
                return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3");
            });
        }
    }
}
