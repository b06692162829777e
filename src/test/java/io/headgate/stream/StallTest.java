package io.headgate.stream;

import static io.headgate.stream.Stores.await;
import static io.headgate.stream.Stores.events;
import static io.headgate.stream.Stores.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An event loop that is held up does not take its own delay for Redis's. */
class StallTest {
    private static final Duration DEADLINE = Duration.ofMillis(300);

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch behindIsWaiting = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void anAnswerThatLiesInTheSocketWhileTheLoopIsHeldUpIsNoTimeout() throws IOException {
        try (Stores stores = new Stores();
                Socket socket = holdingUp(stores);
                FakeRedis redis = new FakeRedis("6.2.0", (connection, command) -> {
                    if (calls.getAndIncrement() == 0) {
                        behindIsWaiting.await();
                        holdUp(socket);
                        held.await();
                    }
                    return FakeRedis.bulk("");
                })) {
            StreamStore store = stores.started(Stores.withDeadline(Stores.settings(redis.uri()), DEADLINE));

            Future<Appended> inFlight = Appends.append(store, 0, events("s", 1));
            until("in flight", () -> calls.get() == 1);
            Future<Appended> behind = Appends.append(store, 0, events("s", 1));
            until("behind it", () -> store.status().partitions().get(0).queuedEvents() == 1);
            behindIsWaiting.countDown();

            assertThat(await(inFlight).fault()).isNull();
            assertThat(await(behind).fault()).isNull();
            assertThat(store.status().lastFault()).isNull();
        }
    }

    /**
     * A connection whose first byte holds the only event loop up for twice the deadline, as it reads: timers that run
     * out meanwhile come before the next reading.
     */
    private Socket holdingUp(Stores stores) throws IOException {
        NetServer server = await(stores.vertx()
                .createNetServer()
                .connectHandler(socket -> socket.handler(bytes -> {
                    held.countDown();
                    long end = System.nanoTime() + 2 * DEADLINE.toNanos();
                    until("the deadline is long past", () -> System.nanoTime() > end);
                }))
                .listen(0, "127.0.0.1"));
        return new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    }

    private static void holdUp(Socket socket) {
        try {
            socket.getOutputStream().write(1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
