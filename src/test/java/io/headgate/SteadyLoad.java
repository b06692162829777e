package io.headgate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** So many clients that post one event after the other, all of one session, until closed. */
final class SteadyLoad implements AutoCloseable {
    private final Posts posts;
    private final Map<Integer, Integer> answered = new ConcurrentHashMap<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean closed;

    SteadyLoad(Posts posts, int clients) {
        this.posts = posts;
        for (int i = 0; i < clients; i++) {
            Thread client = new Thread(this::post, "client-" + i);
            client.start();
            this.clients.add(client);
        }
    }

    /** Answers so far, by status. */
    Map<Integer, Integer> answered() {
        return Map.copyOf(answered);
    }

    /** Returns when the last answer is there. */
    @Override
    public void close() {
        closed = true;
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void post() {
        while (!closed) {
            int status = posts.post(Posts.event(UUID.randomUUID(), "session")).status();
            answered.merge(status, 1, Integer::sum);
        }
    }
}
