package io.headgate.loadtest;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks whether an answer can come before its events are stored: Redis is told to hold every write for a moment, though not
 * reads ({@code CLIENT PAUSE ... WRITE}), and a request is posted. An answer that says that its events are on the streams,
 * while they are not, was given too early. Sees the way to the streams only, one request at a time. Serves once.
 */
final class StoreThenAnswer {
    private static final String NAME = "store, then answer";
    private static final int TRIES = 3;
    private static final String PAUSE_MILLIS = "100";

    private final GatewayAt gateway;
    private final Run run;
    private final Plan plan;
    private final Ledger ledger;
    private final int partitions;
    private int seen;

    StoreThenAnswer(GatewayAt gateway, Run run, Plan plan, Ledger ledger, int partitions) {
        this.gateway = gateway;
        this.run = run;
        this.plan = plan;
        this.ledger = ledger;
        this.partitions = partitions;
    }

    Check check() {
        String early = "";
        try {
            for (int i = 0; i < TRIES && early.isEmpty(); i++) {
                early = once(run.next());
            }
        } catch (IOException e) {
            return new Check(NAME, false, "could not be tried: " + e);
        }
        return early.isEmpty()
                ? new Check(NAME, seen > 0, "tries=%d answered_by_the_streams=%d".formatted(TRIES, seen))
                : new Check(NAME, false, early);
    }

    /** Tries one request; what was answered too early, or nothing. */
    private String once(Request request) throws IOException {
        List<String> newest = newest();
        gateway.redis("CLIENT", "PAUSE", PAUSE_MILLIS, "WRITE");
        long paused = System.nanoTime();
        ledger.sent(request);
        CompletableFuture<HttpResponse<byte[]>> post = gateway.post(request);
        HttpResponse<byte[]> response = GatewayAt.await(post, "the gateway");
        long stored = stored(request, newest);
        long answered = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - paused);
        ledger.answered(request, 0, response.statusCode(), response.body());
        Answer answer = Answer.read(response.body());
        seen += answer.accepted() > answer.journaled() ? 1 : 0;
        return answer.accepted() - answer.journaled() > stored
                ? "answered within %d ms as stored: %s, though the streams hold %d of them"
                        .formatted(answered, answer, stored)
                : "";
    }

    private List<String> newest() throws IOException {
        List<String> newest = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            newest.add(Entries.newest(gateway, gateway.stream(partition)));
        }
        return newest;
    }

    /** How many of the request's own events came to the streams behind these entries. */
    private long stored(Request request, List<String> behind) throws IOException {
        AtomicLong stored = new AtomicLong();
        for (int partition = 0; partition < partitions; partition++) {
            Entries.read(gateway, gateway.stream(partition), behind.get(partition), (id, fields) -> {
                long number = plan.number(fields.bytes("event"));
                if (number >= request.first() && number < request.first() + request.events()) {
                    stored.incrementAndGet();
                }
            });
        }
        return stored.get();
    }
}
