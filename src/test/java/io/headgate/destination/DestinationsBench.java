package io.headgate.destination;

import io.vertx.core.Future;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many events a destination takes in a second on this machine, and how long a delivery takes: {@code
 * DestinationsBench archive|postgres|webhook BATCH BATCHES DIR}. Not a test; prints.
 */
final class DestinationsBench {
    private static final int CONCURRENCY = 4;

    private DestinationsBench() {}

    public static void main(String[] arguments) throws Exception {
        int batch = Integer.parseInt(arguments[1]);
        int batches = Integer.parseInt(arguments[2]);
        Path dir = Files.createDirectories(Path.of(arguments[3]));
        Limits limits = new Limits(Math.max(2, batch), 8 << 20, CONCURRENCY, 0, Duration.ZERO);
        try (Loop loop = new Loop()) {
            switch (arguments[0]) {
                case "archive" ->
                    run(
                            loop,
                            new DestinationSettings.Archive("bench", dir.resolve("archive"), Duration.ZERO, 0, limits),
                            batch,
                            batches);
                case "postgres" -> {
                    try (RealPostgres server = new RealPostgres(dir.resolve("postgres"))) {
                        run(loop, postgres(server, limits), batch, batches);
                    }
                }
                default -> run(loop, webhook(loop, limits), batch, batches);
            }
        }
    }

    private static DestinationSettings postgres(RealPostgres server, Limits limits) {
        return new DestinationSettings.Postgres(
                "bench", server.uri(), "events", Duration.ZERO, Duration.ofSeconds(20), limits);
    }

    private static DestinationSettings webhook(Loop loop, Limits limits) {
        int port = Loop.await(loop.vertx
                        .createHttpServer()
                        .requestHandler(request -> request.body()
                                .onSuccess(body -> request.response().end()))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        return new DestinationSettings.Webhook(
                "bench", URI.create("http://127.0.0.1:" + port), List.of(), Duration.ofSeconds(20), limits);
    }

    private static void run(Loop loop, DestinationSettings settings, int batch, int batches) {
        Destination destination = loop.open(settings);
        List<Long> nanos = new ArrayList<>();
        rounds(loop, destination, batch, batches / 5, -1 - batches, new ArrayList<>());
        long start = System.nanoTime();
        rounds(loop, destination, batch, batches, 0, nanos);
        double seconds = (System.nanoTime() - start) / 1e9;
        nanos.sort(null);
        System.out.printf(
                "%s: %d batches of %d, %d at a time: %.0f events/s, a delivery p50 %.1f ms, p99 %.1f ms%n",
                settings,
                batches,
                batch,
                CONCURRENCY,
                batch * (double) batches / seconds,
                nanos.get(nanos.size() / 2) / 1e6,
                nanos.get(nanos.size() * 99 / 100) / 1e6);
        loop.on(destination::close);
    }

    private static void rounds(
            Loop loop, Destination destination, int batch, int batches, int first, List<Long> nanos) {
        List<Future<Void>> lanes = IntStream.range(0, CONCURRENCY)
                .mapToObj(lane -> loop.begin(() ->
                        next(destination, batch, first + lane * (batches / CONCURRENCY), batches / CONCURRENCY, nanos)))
                .toList();
        Future.all(lanes).toCompletionStage().toCompletableFuture().join();
    }

    private static Future<Void> next(Destination destination, int batch, int number, int left, List<Long> nanos) {
        if (left == 0) {
            return Future.succeededFuture();
        }
        Instant received = Events.RECEIVED.plusMillis(number);
        List<Outgoing> events = IntStream.range(0, batch)
                .mapToObj(i -> Events.event((number & 0x7fff) * 10_000 + i, received))
                .toList();
        long start = System.nanoTime();
        return destination.deliver(events).compose(answer -> {
            if (!answer.equals(new Answer.Delivered())) {
                return Future.failedFuture(answer.toString());
            }
            nanos.add(System.nanoTime() - start);
            return next(destination, batch, number + 1, left - 1, nanos);
        });
    }
}
