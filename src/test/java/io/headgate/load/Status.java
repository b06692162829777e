package io.headgate.load;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code /status} said at one moment. A line that a gateway does not have reads as 0.
 *
 * <pre>
 *   received        = accepted + duplicate + rejected + refused + in_progress
 *   accepted        = stream_direct + journaled
 *   journal_backlog = backlog_at_start + journaled + refused_but_journaled - drained - drain_duplicate - drain_corrupt
 * </pre>
 */
public record Status(JsonObject json) {
    public String mode() {
        return json.getString("mode");
    }

    /** A line of the books. */
    public long book(String line) {
        return json.getJsonObject("books").getLong(line, 0L);
    }

    public long backlog() {
        return book("journal_backlog");
    }

    /** Events that are off the journal, by whatever verdict. */
    public long drained() {
        return book("drained") + book("drain_duplicate") + book("drain_corrupt");
    }

    /** Whether everything that was taken in is on the streams. */
    public boolean atRest() {
        return mode().equals("stream") && backlog() == 0 && book("in_progress") == 0;
    }

    /** A number of another part of the page, such as {@code delivery}, {@code order_broken}. */
    public long number(String part, String name) {
        JsonObject object = json.getJsonObject(part);
        return object == null ? 0 : object.getLong(name, 0L);
    }

    /** What of the books does not balance; the backlog's line holds only while nothing is in progress. */
    public List<String> imbalances() {
        List<String> faults = new ArrayList<>();
        equal(
                faults,
                "received",
                book("accepted") + book("duplicate") + book("rejected") + book("refused") + book("in_progress"));
        equal(faults, "accepted", book("stream_direct") + book("journaled"));
        if (book("in_progress") == 0) {
            long put = book("backlog_at_start") + book("journaled") + book("refused_but_journaled");
            equal(faults, "journal_backlog", put - drained());
        }
        return faults;
    }

    private void equal(List<String> faults, String line, long sum) {
        if (book(line) != sum) {
            faults.add(line + " is " + book(line) + ", its sum " + sum + ": " + json.getJsonObject("books"));
        }
    }
}
