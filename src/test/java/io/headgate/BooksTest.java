package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Posts.Reply;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 6: the books balance, to the event, with one event in ten invalid and one in ten a duplicate. */
class BooksTest {
    private static final int BATCHES = 200;
    private static final int BATCH = 50;

    @Test
    void theClientsLedgerTheBooksAndTheStreamsAgreeToTheEvent(@TempDir Path dir) {
        Ledger ledger = new Ledger(new Random(20261121));

        try (RunningGateway gateway = RunningGateway.start(dir)) {
            for (int round = 0; round < BATCHES / 10; round++) {
                List<CompletableFuture<Reply>> flight = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    flight.add(gateway.posts().postAsync(ledger.batch()));
                }
                flight.forEach(each -> ledger.answered(each.join()));
            }
            JsonObject books = gateway.status().getJsonObject("books");

            assertThat(books.getLong("received")).isEqualTo((long) BATCHES * BATCH);
            assertThat(books.getLong("accepted")).isEqualTo(ledger.accepted).isEqualTo(ledger.valid.size());
            assertThat(books.getLong("duplicate")).isEqualTo(ledger.duplicate);
            assertThat(books.getLong("rejected")).isEqualTo(ledger.rejected).isEqualTo(ledger.invalid);
            assertThat(books.getLong("refused")).isZero();
            assertThat(books.getLong("in_progress")).isZero();
            assertThat(books.getBoolean("balanced")).isTrue();
            assertThat(gateway.streamedEvents())
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(ledger.valid);
        }
    }

    /** What the client knows: what it sent, and what it was told. */
    private static final class Ledger {
        private final Random random;
        private final Set<String> valid = new HashSet<>();
        private final List<String> sent = new ArrayList<>();
        private int invalid;
        private int accepted;
        private int duplicate;
        private int rejected;

        Ledger(Random random) {
            this.random = random;
        }

        String batch() {
            List<String> events = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                events.add(next());
            }
            return events.toString();
        }

        void answered(Reply reply) {
            assertThat(reply.status()).isEqualTo(202);
            accepted += reply.json().getInteger("accepted");
            duplicate += reply.json().getInteger("duplicate");
            rejected += reply.json().getInteger("rejected");
        }

        private String next() {
            int kind = random.nextInt(10);
            if (kind == 0 && !sent.isEmpty()) {
                return sent.get(random.nextInt(sent.size()));
            }
            String event = Posts.event(new UUID(random.nextLong(), random.nextLong()), "s-" + random.nextInt(100));
            if (kind == 1) {
                invalid++;
                return event.replace("\"web\"", "\"fridge\"");
            }
            sent.add(event);
            valid.add(event);
            return event;
        }
    }
}
