package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.fault.FaultProxy.Way;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Redis is well, and what lies between it and the gateway is not: no event is lost, none is there twice, order is kept. */
class FailoverByNetworkTest {
    private static final String SESSION = "session";
    private static final int CUTS = 120;

    private RunningGateway gateway;
    private final List<String> posted = new ArrayList<>();

    @BeforeEach
    void start(@TempDir Path dir) {
        gateway = RunningGateway.start(dir, "redis.deadline=200ms", "redis.partitions=1");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** A call of five events is some 1,700 bytes: cuts before, in, and behind it, and in the handshake that follows. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void connectionsThatAreCutAtEveryByteCostNothingButADetour(Way way) {
        for (int i = 0; i < CUTS; i++) {
            gateway.proxy().cutAfter(way, way == Way.TO_CLIENT ? i : 17L * i);
            post(5);
        }
        gateway.proxy().pass();

        assertAllOnTheStreamInOrder();
        assertThat(gateway.books().getLong("journaled")).isPositive();
    }

    @Test
    void repliesThatNeverComeSendTheirEventsToTheJournalOnce() {
        gateway.proxy().swallow(Way.TO_CLIENT);

        post(5);
        post(5);
        assertThat(gateway.books().getLong("journaled")).isEqualTo(10);
        gateway.proxy().pass();

        assertAllOnTheStreamInOrder();
        assertThat(gateway.books().getLong("drain_duplicate"))
                .as("what had happened all the same")
                .isEqualTo(5);
    }

    @Test
    void writesThatArriveLongAfterTheyWereGivenUpAreHarmless() {
        gateway.proxy().stall();
        post(5);
        post(5);
        gateway.proxy().pass();
        post(5);

        assertAllOnTheStreamInOrder();
    }

    @Test
    void connectionsThatAreResetAgainAndAgainCostNothingButADetour() {
        for (int i = 0; i < 40; i++) {
            post(1 + i % 9);
            gateway.proxy().reset();
        }

        assertAllOnTheStreamInOrder();
    }

    @Test
    void aConnectionThatCarriesOneByteAtATimeIsGoodEnough() {
        gateway.proxy().slice(Way.TO_SERVER);
        gateway.proxy().slice(Way.TO_CLIENT);

        post(3);
        gateway.proxy().pass();

        assertAllOnTheStreamInOrder();
    }

    private void post(int events) {
        List<String> batch = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            batch.add(Posts.event(UUID.randomUUID(), SESSION));
        }
        assertThat(gateway.posts().post(batch.toString()).counts()).isEqualTo(events + "/" + events + "/0/0");
        posted.addAll(batch);
    }

    private void assertAllOnTheStreamInOrder() {
        gateway.awaitStreamMode();
        assertThat(gateway.streamedEvents()).isEqualTo(posted);
        JsonObject books = gateway.books();
        assertThat(books.getBoolean("balanced")).isTrue();
        assertThat(books.getLong("journal_backlog")).isZero();
        assertThat(gateway.status().getJsonObject("delivery").getLong("order_broken"))
                .isZero();
    }
}
