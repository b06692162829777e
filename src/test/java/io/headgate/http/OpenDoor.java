package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.meter.Meters;
import io.headgate.time.VertxTimers;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real door on a free port, before a road that takes everything. */
final class OpenDoor implements AutoCloseable {
    /** Event loops of a door unless a test says otherwise. */
    static final int LANES = 2;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    final AcceptsEverything road = new AcceptsEverything();
    final Meters meters = new Meters();
    final SteeredClock clock;
    final Door door;
    final int port;

    private final Vertx vertx = Vertx.vertx();

    private OpenDoor(Settings settings) {
        clock = settings.clock;
        door = new Door(
                vertx, settings.lanes, settings.build(), road, new Catalog(), clock, new VertxTimers(vertx), meters);
        try {
            port = door.start().await();
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    static Settings with() {
        return new Settings();
    }

    static OpenDoor open() {
        return with().open();
    }

    Client client() {
        return new Client(port);
    }

    /** The value of a line of the metrics page that starts so; 0 while there is none. */
    double metric(String line) {
        return meters.scrape()
                .lines()
                .filter(candidate -> candidate.startsWith(line + " ") || candidate.startsWith(line + "{"))
                .mapToDouble(found -> Double.parseDouble(found.substring(found.lastIndexOf(' ') + 1)))
                .sum();
    }

    double inFlight() {
        return metric("headgate_http_in_flight_bytes");
    }

    double connections() {
        return metric("headgate_http_connections");
    }

    double ended(Reason reason) {
        return metric("headgate_http_requests_total{reason=\"" + reason.label() + "\",status=\"" + reason.statusClass()
                + "\"}");
    }

    static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        door.stop().await();
        vertx.close().await();
        meters.close();
    }

    /** Two event types. */
    private static final class Catalog implements SchemaCatalog {
        @Override
        public byte[] index() {
            return "{\"types\":[\"page_view\"]}".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Optional<byte[]> schema(String eventName) {
            return eventName.equals("page_view")
                    ? Optional.of("{\"title\":\"page_view\"}".getBytes(StandardCharsets.UTF_8))
                    : Optional.empty();
        }
    }

    /** Settings that differ from the defaults. */
    static final class Settings {
        private int lanes = LANES;
        private String host = "127.0.0.1";
        private int port;
        private int bodyBytesMax = 1_048_576;
        private int inflatedBytesMax = 8_388_608;
        private Duration requestDeadline = Duration.ofSeconds(10);
        private int connectionsMax = 10_000;
        private long inFlightBytesMax = 64L << 20;
        private List<SourceSettings> sources = List.of(new SourceSettings("demo", "demo", List.of("*"), 0, 0));
        private SteeredClock clock = SteeredClock.running();

        Settings lanes(int count) {
            lanes = count;
            return this;
        }

        Settings host(String name) {
            host = name;
            return this;
        }

        Settings port(int number) {
            port = number;
            return this;
        }

        Settings bodyBytesMax(int bytes) {
            bodyBytesMax = bytes;
            return this;
        }

        Settings inflatedBytesMax(int bytes) {
            inflatedBytesMax = bytes;
            return this;
        }

        Settings requestDeadline(Duration deadline) {
            requestDeadline = deadline;
            return this;
        }

        Settings connectionsMax(int connections) {
            connectionsMax = connections;
            return this;
        }

        Settings inFlightBytesMax(long bytes) {
            inFlightBytesMax = bytes;
            return this;
        }

        Settings sources(SourceSettings... all) {
            sources = new ArrayList<>(List.of(all));
            return this;
        }

        Settings clock(SteeredClock steered) {
            clock = steered;
            return this;
        }

        OpenDoor open() {
            return new OpenDoor(this);
        }

        private HttpSettings build() {
            return new HttpSettings(
                    host,
                    port,
                    bodyBytesMax,
                    inflatedBytesMax,
                    requestDeadline,
                    connectionsMax,
                    inFlightBytesMax,
                    sources);
        }
    }
}
