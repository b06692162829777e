package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.load.Receiver;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A poison event: one that a webhook answers 400 to, in whatever company it comes. */
class PoisonTest {
    private static final int PARTITIONS = 4;
    private static final int EVENTS = 10;

    @TempDir
    Path dir;

    private final List<String> taken = new CopyOnWriteArrayList<>();

    @Test
    void itIsDeadLetteredWithItsReasonItsNeighboursAreDeliveredAndMendedItIsDeliveredToo() {
        try (Receiver receiver = new Receiver(this::took);
                RunningGateway gateway = RunningGateway.start(
                        dir,
                        "destinations=[{name: crm, type: webhook, url: '" + receiver.url()
                                + "', batch-events-max: 10, linger: 50ms}]",
                        "routes=[{name: crm, destination: crm}]")) {
            List<String> ids = ids();
            String poison = ids.get(4);
            receiver.answers(documents -> documents.stream().anyMatch(one -> id(one).equals(poison)) ? 400 : 200);

            gateway.posts().post(batch(ids));
            Eventually.isTrue(() -> books(gateway, "acknowledged") == EVENTS);

            List<String> neighbours = new ArrayList<>(ids);
            neighbours.remove(poison);
            assertThat(taken).containsExactlyInAnyOrderElementsOf(neighbours);
            Map<String, String> letter = letters(gateway).get(0);
            assertThat(letters(gateway)).hasSize(1);
            assertThat(letter)
                    .containsEntry("event_id", poison)
                    .containsEntry("route", "crm")
                    .containsEntry("destination", "crm");
            assertThat(letter.get("request")).contains(receiver.url());
            assertThat(letter.get("answer")).contains("400").contains("no such field");
            assertThat(letter.get("event")).contains(poison);
            assertThat(books(gateway, "dead")).isEqualTo(1);

            receiver.answers(documents -> 200);
            gateway.management().ask("POST", "/dead-letters/redrive?route=crm&dry-run=false", "X-Headgate", "1");

            Eventually.isTrue(() -> books(gateway, "again") == 1);
            assertThat(taken).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(letters(gateway)).isEmpty();
            assertThat(books(gateway, "delivered")).isEqualTo(EVENTS);
        }
    }

    private void took(String key, List<JsonObject> documents) {
        documents.forEach(one -> taken.add(id(one)));
    }

    private static String id(JsonObject document) {
        return document.getString("event_id");
    }

    private static List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            ids.add(UUID.randomUUID().toString());
        }
        return ids;
    }

    /** Of one session, so that they come to one partition and are delivered together. */
    private static String batch(List<String> ids) {
        return "["
                + String.join(
                        ",",
                        ids.stream()
                                .map(id -> Posts.event(UUID.fromString(id), "s"))
                                .toList())
                + "]";
    }

    private static long books(RunningGateway gateway, String line) {
        long sum = 0;
        for (int p = 0; p < PARTITIONS; p++) {
            Object count = gateway.redis().command("HGET", "{headgate:" + p + "}:route:crm", line);
            sum += count == null ? 0 : Long.parseLong((String) count);
        }
        return sum;
    }

    private static List<Map<String, String>> letters(RunningGateway gateway) {
        List<Map<String, String>> letters = new ArrayList<>();
        for (int p = 0; p < PARTITIONS; p++) {
            for (Object entry : gateway.redis().list("XRANGE", "{headgate:" + p + "}:dead", "-", "+")) {
                List<?> fields = (List<?>) ((List<?>) entry).get(1);
                Map<String, String> letter = new HashMap<>();
                for (int i = 0; i < fields.size(); i += 2) {
                    letter.put((String) fields.get(i), (String) fields.get(i + 1));
                }
                letters.add(letter);
            }
        }
        return letters;
    }
}
