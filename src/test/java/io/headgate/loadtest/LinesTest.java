package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.load.Status;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A line of the status page that is not there is not read as 0. */
class LinesTest {
    private static final String PAGE =
            """
            {"mode": "stream", "started": "2026-11-21T10:00:00Z",
             "books": {"received": 1, "accepted": 1, "duplicate": 0, "rejected": 0, "refused": 0,
                       "refused_but_stored": 0, "refused_but_journaled": 0, "in_progress": 0, "stream_direct": 1,
                       "journaled": 0, "journal_backlog": 0, "backlog_at_start": 0, "drained": 0,
                       "drain_duplicate": 0, "drain_corrupt": 0},
             "quarantine": {"queued_events": 0, "spool_bytes": 0},
             "redis": {"partitions": [{}, {}]}}""";

    @Test
    void aWholePageIsTaken() throws IOException {
        Status page = new Status(new JsonObject(PAGE));

        assertThat(Lines.whole(page)).isSameAs(page);
        assertThat(Lines.partitions(page)).isEqualTo(2);
    }

    @Test
    void aPageWithoutAnyOneLineIsRefused() {
        JsonObject whole = new JsonObject(PAGE);
        List<String> taken = new ArrayList<>();
        for (String part : List.of("books", "quarantine")) {
            for (String line : whole.getJsonObject(part).fieldNames()) {
                JsonObject page = new JsonObject(PAGE);
                page.getJsonObject(part).remove(line);
                assertThatThrownBy(() -> Lines.whole(new Status(page))).isInstanceOf(IOException.class);
                taken.add(line);
            }
        }
        for (String text : List.of("mode", "started", "books", "quarantine")) {
            JsonObject page = new JsonObject(PAGE);
            page.remove(text);
            assertThatThrownBy(() -> Lines.whole(new Status(page))).isInstanceOf(IOException.class);
        }

        assertThat(taken).hasSize(17);
    }
}
