package io.headgate.stream;

import static io.headgate.stream.Stores.await;
import static io.headgate.stream.Stores.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.RealRedis;
import io.headgate.event.Event;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events of a partition are on its stream in the order in which they were appended. */
class OrderTest {
    @Test
    void orderIsKeptWhileRedisLosesTheScriptAgainAndAgain() {
        try (RealRedis redis = RealRedis.start();
                Stores stores = new Stores(2)) {
            StreamStore store = stores.started(redis);
            List<Future<Appended>> appends = new ArrayList<>();
            List<String> appended = new ArrayList<>();

            for (int i = 0; i < 600; i++) {
                List<Event> batch = new ArrayList<>();
                for (int j = 0; j < 1 + i % 7; j++) {
                    String json = "{\"n\":" + appended.size() + "}";
                    appended.add(json);
                    batch.add(event("s", json));
                }
                appends.add(Appends.append(store, 3, batch));
                if (i % 20 == 0) {
                    redis.command("SCRIPT", "FLUSH");
                }
            }

            appends.forEach(append -> assertThat(await(append).fault()).isNull());
            assertThat(redis.list("XRANGE", "{test:3}:events", "-", "+"))
                    .extracting(entry -> ((List<?>) ((List<?>) entry).get(1)).get(7))
                    .isEqualTo(appended);
        }
    }
}
