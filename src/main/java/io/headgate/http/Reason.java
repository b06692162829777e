package io.headgate.http;

import java.util.Locale;

/** Everything that a request can end in: its status, and its word in metrics and in the problem's type. */
enum Reason {
    STORED(202, "Accepted"),
    ALL_REJECTED(422, "Every event was rejected"),
    PAGE(200, "OK"),
    PREFLIGHT(204, "No Content"),
    NOT_READY(503, "Not ready"),

    BAD_REQUEST(400, "Not a valid HTTP request"),
    BAD_GZIP(400, "Not a whole gzip body"),
    NO_BATCH(400, "Not a batch of events"),
    UNKNOWN_KEY(401, "Unknown write key"),
    ORIGIN(403, "Origin not allowed"),
    NOT_FOUND(404, "Not found"),
    METHOD(405, "Method not allowed"),
    DEADLINE(408, "Request took too long"),
    BODY_TOO_LARGE(413, "Body too large"),
    INFLATED_TOO_LARGE(413, "Inflated body too large"),
    TOO_MANY_EVENTS(413, "Too many events"),
    URI_TOO_LONG(414, "Request line too long"),
    CONTENT_TYPE(415, "Content type not supported"),
    CONTENT_ENCODING(415, "Content encoding not supported"),
    REQUEST_RATE(429, "Too many requests"),
    EVENT_RATE(429, "Too many events a second"),
    HEADERS_TOO_LARGE(431, "Headers too large"),
    FAULT(500, "Fault of the gateway"),
    CANNOT_STORE(503, "Cannot store events"),
    IN_FLIGHT(503, "Too much in flight"),

    /** The client was gone before it was answered; no status was sent. */
    CLIENT_GONE(499, "Client closed the connection");

    private final int status;
    private final String title;

    Reason(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** The word in metrics: {@code body_too_large}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether what was asked was refused without a verdict; a probe that hears "not ready" asked for nothing else. */
    boolean isRefusal() {
        return status >= 400 && this != ALL_REJECTED && this != NOT_READY && this != CLIENT_GONE;
    }

    /** The status class in metrics: {@code 4xx}. */
    String statusClass() {
        return status / 100 + "xx";
    }

    /** The problem's {@code type}, stable over releases: {@code urn:headgate:problem:body-too-large}. */
    String type() {
        return "urn:headgate:problem:" + label().replace('_', '-');
    }
}
