package io.headgate.outbound;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of one attempt; without any secret of the other side, so it may be logged and shown. */
public sealed interface PostResult {
    /** Whether the other side has it: a 2xx, nothing else. */
    boolean delivered();

    /** As people read it, on one line. */
    String words();

    /** Every {@link #kind}. */
    List<String> KINDS = List.of("2xx", "3xx", "4xx", "5xx", "none");

    /** For metrics: the class of its status, or none without an answer that HTTP knows. */
    String kind();

    /**
     * It answered.
     *
     * @param retryAfter of a 429 or 503: how long it wants to be left alone, where it said so
     * @param excerpt the beginning of an error's body; empty for a success
     */
    record Answered(int status, @Nullable Duration retryAfter, String excerpt) implements PostResult {
        @Override
        public boolean delivered() {
            return status >= 200 && status < 300;
        }

        @Override
        public String words() {
            return excerpt.isEmpty() ? Integer.toString(status) : status + " " + excerpt;
        }

        @Override
        public String kind() {
            String kind = status / 100 + "xx";
            return KINDS.contains(kind) ? kind : "none";
        }
    }

    /** There was no answer, or none that could be understood; the other side may have the message all the same. */
    record Failed(String why) implements PostResult {
        @Override
        public boolean delivered() {
            return false;
        }

        @Override
        public String words() {
            return why;
        }

        @Override
        public String kind() {
            return "none";
        }
    }
}
