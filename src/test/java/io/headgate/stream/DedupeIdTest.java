package io.headgate.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.event.Event;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The identity of an event: what differs has another, what is the same has the same, whoever computes it. */
class DedupeIdTest {
    private static final UUID ID = new UUID(1, 2);

    private final DedupeId id = new DedupeId(new DedupeLayout(86_400_000, 50_000));

    @Test
    void sessionsThatUtf8CannotSpellAreToldApart() {
        List<String> sessions = List.of(
                "?", "\ud800", "\ud801", "\udc00", "\udc00\ud800", "\ud800?", "\ud800\udc00", "\ufffd", "\u00d8");

        Set<String> ids = new HashSet<>();
        sessions.forEach(session -> ids.add(field(session)));

        assertThat(ids).hasSize(sessions.size());
        assertThat(field("\ud800")).isEqualTo(field("\ud800"));
    }

    /** Another value would forget every id that is on a Redis already. */
    @Test
    void theIdOfAnEventIsKeptFromVersionToVersion() {
        assertThat(field("s-1")).isEqualTo("7439e4fdfa62f785ec257638");
        assertThat(field("\u00e9\ud83d\ude00")).isEqualTo("cf37cba27ac65c3991436cb9");
    }

    private String field(String session) {
        Event event = Stores.event(ID, session, "{}");
        id.compute(event);
        return HexFormat.of().formatHex(id.field(), 0, DedupeLayout.ID_BYTES);
    }
}
