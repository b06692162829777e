package io.headgate.loadtest;

/** One planned request. Immutable, but for its body, which nobody may change. */
final class Request {
    private final long number;
    private final Source source;
    private final long first;
    private final int events;
    private final byte[] body;
    private final String contentType;
    private final boolean gzip;
    private final int posts;

    /** Who posts. */
    record Source(String name, String writeKey) {}

    Request(
            long number,
            Source source,
            long first,
            int events,
            byte[] body,
            String contentType,
            boolean gzip,
            int posts) {
        this.number = number;
        this.source = source;
        this.first = first;
        this.events = events;
        this.body = body;
        this.contentType = contentType;
        this.gzip = gzip;
        this.posts = posts;
    }

    /** Of the request, 0 being the first. */
    long number() {
        return number;
    }

    /** Whose write key it has. */
    Source source() {
        return source;
    }

    /** The number of its first event; the others follow without gaps. */
    long first() {
        return first;
    }

    /** How many are in it, those that repeat another one included. */
    int events() {
        return events;
    }

    /** As sent. */
    byte[] body() {
        return body;
    }

    String contentType() {
        return contentType;
    }

    /** Whether the body is compressed. */
    boolean gzip() {
        return gzip;
    }

    /** How often it is posted, each time after the answer to the one before. */
    int posts() {
        return posts;
    }
}
