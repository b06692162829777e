package io.headgate.loadtest;

import io.vertx.redis.client.Response;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks whether an answer can come before its event is stored: Redis is told to hold every write for a moment, though not
 * reads ({@code CLIENT PAUSE ... WRITE}), and a request is posted. An answer that says that its events are on the streams,
 * while they are not, was given too early. Serves once.
 */
final class StoreThenAnswer {
    private static final int TRIES = 3;
    private static final String PAUSE_MILLIS = "200";

    private final GatewayAt gateway;
    private final Run run;
    private final Ledger ledger;

    StoreThenAnswer(GatewayAt gateway, Run run, Ledger ledger) {
        this.gateway = gateway;
        this.run = run;
        this.ledger = ledger;
    }

    Check check() {
        String name = "store, then answer";
        int seen = 0;
        try {
            for (int i = 0; i < TRIES; i++) {
                Request request = run.next();
                long before = entries();
                gateway.redis("CLIENT", "PAUSE", PAUSE_MILLIS, "WRITE");
                long paused = System.nanoTime();
                ledger.sent(request);
                CompletableFuture<HttpResponse<byte[]>> post = gateway.post(request);
                HttpResponse<byte[]> response = GatewayAt.await(post, "the gateway");
                long answered = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - paused);
                ledger.answered(request, 0, response.statusCode(), response.body());
                Answer answer = Answer.read(response.body());
                long stored = entries() - before;
                if (answer.accepted() - answer.journaled() > stored) {
                    return new Check(
                            name,
                            false,
                            "answered after %d ms as stored: %s, though the streams hold %d of them"
                                    .formatted(answered, answer, stored));
                }
                seen += answer.accepted() > answer.journaled() ? 1 : 0;
            }
        } catch (IOException e) {
            return new Check(name, false, "could not be tried: " + e);
        }
        return new Check(name, seen > 0, "tries=%d answered_by_the_streams=%d".formatted(TRIES, seen));
    }

    private long entries() throws IOException {
        long entries = 0;
        for (int partition = 0; partition < gateway.addresses().partitions(); partition++) {
            Response length = gateway.redis("XLEN", gateway.stream(partition));
            entries += length.toLong();
        }
        return entries;
    }
}
