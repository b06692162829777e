package io.headgate.ingest;

import io.headgate.event.Slice;

/** Walks the lines of NDJSON that are not blank, without the white space around them. */
final class Lines {
    private final byte[] body;
    private int next;
    private int start;
    private int end;

    Lines(byte[] body) {
        this.body = body;
    }

    /** Moves to the next line that is not blank; false when there is none. */
    boolean next() {
        while (next < body.length) {
            start = next;
            end = start;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            next = end + 1;
            trim();
            if (start < end) {
                return true;
            }
        }
        return false;
    }

    /** The line that {@link #next} moved to. */
    Slice line() {
        return new Slice(body, start, end - start);
    }

    private void trim() {
        while (start < end && blank(body[start])) {
            start++;
        }
        while (start < end && blank(body[end - 1])) {
            end--;
        }
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }
}
