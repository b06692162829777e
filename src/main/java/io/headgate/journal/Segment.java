package io.headgate.journal;

import java.util.Optional;

/**
 * What is known of one segment file. Its writer alone changes it; any thread may look.
 *
 * <p>{@link #validBytes} is published after the bytes are durable and before their numbers are, so whoever saw a number
 * finds its record below it.
 */
final class Segment {
    private static final String SUFFIX = ".seg";
    private static final int DIGITS = 20;

    private final SegmentHeader header;
    private volatile long validBytes;
    private volatile long fileBytes;
    private volatile boolean corrupt;

    Segment(SegmentHeader header, long validBytes, long fileBytes) {
        this.header = header;
        this.validBytes = validBytes;
        this.fileBytes = fileBytes;
    }

    SegmentHeader header() {
        return header;
    }

    String name() {
        return name(header.number());
    }

    /** How many of its bytes count; what lies beyond must not be read. */
    long validBytes() {
        return validBytes;
    }

    /** What it takes on the disk, room for records to come included. */
    long fileBytes() {
        return fileBytes;
    }

    /** Whether some of its bytes were found to be what nobody wrote. */
    boolean corrupt() {
        return corrupt;
    }

    void grown(long valid) {
        validBytes = valid;
    }

    void resized(long bytes) {
        fileBytes = bytes;
    }

    /** Returns whether that is news. */
    boolean foundCorrupt() {
        boolean news = !corrupt;
        corrupt = true;
        return news;
    }

    static String name(long number) {
        return String.format("%0" + DIGITS + "d", number) + SUFFIX;
    }

    /** The number in a segment file's name; empty for any other file. */
    static Optional<Long> number(String name) {
        if (name.length() != DIGITS + SUFFIX.length() || !name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(name.substring(0, DIGITS)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
