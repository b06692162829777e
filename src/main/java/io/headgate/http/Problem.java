package io.headgate.http;

import io.headgate.ingest.Answer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;

/**
 * A failure as it is answered (RFC 9457). This is the one class that turns failures into statuses.
 *
 * @param detail what is wrong and what to do, without anything that the client sent
 * @param headers further headers of the answer
 */
record Problem(Reason reason, String detail, Map<CharSequence, String> headers) {
    Problem {
        headers = Map.copyOf(headers);
    }

    /** The body, {@code application/problem+json}. */
    byte[] json() {
        return new JsonObject()
                .put("type", reason.type())
                .put("title", reason.title())
                .put("status", reason.status())
                .put("detail", detail)
                .toBuffer()
                .getBytes();
    }

    /** A request that the decoder could not read. */
    static Problem invalid(Throwable cause, int lineBytesMax, int headerBytesMax) {
        if (cause instanceof TooLongHttpLineException) {
            return of(
                    Reason.URI_TOO_LONG,
                    "The request line may have " + lineBytesMax + " bytes. Post events in the body.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return of(Reason.HEADERS_TOO_LARGE, "The headers may have " + headerBytesMax + " bytes in all.");
        }
        return badRequest("The request is not valid HTTP/1.1; the connection is closed.");
    }

    /** An answer of the road that is not a verdict for each event. */
    static Problem of(Answer answer) {
        if (answer instanceof Answer.Malformed malformed) {
            return of(Reason.NO_BATCH, malformed.detail());
        }
        if (answer instanceof Answer.TooMany many) {
            return of(Reason.TOO_MANY_EVENTS, "A batch may have " + many.max() + " events. Send smaller batches.");
        }
        if (answer instanceof Answer.OverRate over) {
            return later(Reason.EVENT_RATE, over.detail(), over.retryAfter());
        }
        if (answer instanceof Answer.Refused refused) {
            return later(
                    Reason.CANNOT_STORE,
                    "The gateway cannot store events now. Send the same batch again: "
                            + "what is stored already is answered as duplicate.",
                    refused.retryAfter());
        }
        throw new IllegalArgumentException("verdicts are no problem");
    }

    static Problem badRequest(String detail) {
        return of(Reason.BAD_REQUEST, detail);
    }

    static Problem badGzip(String detail) {
        return of(Reason.BAD_GZIP, detail);
    }

    static Problem unknownKey(boolean presented) {
        String detail = presented
                ? "No source has this write key."
                : "Send the source's write key: Authorization: Bearer KEY, Authorization: Basic base64(KEY:), "
                        + "X-Write-Key: KEY, or ?write_key=KEY.";
        return new Problem(
                Reason.UNKNOWN_KEY, detail, Map.of(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"headgate\""));
    }

    static Problem origin() {
        return of(
                Reason.ORIGIN,
                "The source of this write key does not list this origin; add it to the source's origins. "
                        + "The origin null must be listed by name.");
    }

    static Problem preflightOrigin() {
        return new Problem(
                Reason.ORIGIN,
                "No source lists this origin; add it to the origins of the source that posts from it.",
                Map.of(HttpHeaders.VARY, Cors.VARY_PREFLIGHT));
    }

    static Problem notFound(String detail) {
        return of(Reason.NOT_FOUND, detail);
    }

    static Problem method(String allow) {
        return new Problem(Reason.METHOD, "Use one of: " + allow + ".", Map.of(HttpHeaders.ALLOW, allow));
    }

    static Problem deadline(Duration deadline) {
        return of(
                Reason.DEADLINE,
                "The whole request must arrive within " + deadline.toMillis()
                        + " ms of its first byte. Send it again, in smaller batches if the line is slow.");
    }

    static Problem bodyTooLarge(int max) {
        return of(Reason.BODY_TOO_LARGE, "The body may have " + max + " bytes as sent. Send smaller batches, or gzip.");
    }

    static Problem inflatedTooLarge(int max) {
        return of(Reason.INFLATED_TOO_LARGE, "The body may inflate to " + max + " bytes. Send smaller batches.");
    }

    static Problem contentType() {
        return new Problem(
                Reason.CONTENT_TYPE,
                "Send application/json, application/x-ndjson or text/plain (holding JSON), in UTF-8.",
                Map.of(HttpHeaders.ACCEPT, "application/json, application/x-ndjson, text/plain"));
    }

    static Problem contentEncoding() {
        return new Problem(
                Reason.CONTENT_ENCODING,
                "Send the body with Content-Encoding: gzip or without any.",
                Map.of(HttpHeaders.ACCEPT_ENCODING, "gzip, identity"));
    }

    static Problem requestRate(int perSecond, Duration retryAfter) {
        return later(Reason.REQUEST_RATE, "The source may send " + perSecond + " requests a second.", retryAfter);
    }

    static Problem fault() {
        return of(
                Reason.FAULT,
                "The gateway failed on this request and has logged why. Some of its events may be stored; "
                        + "sent again, those are answered as duplicates.");
    }

    static Problem inFlight() {
        return later(
                Reason.IN_FLIGHT, "The gateway holds as much as it may. Send the batch again.", Duration.ofSeconds(1));
    }

    private static Problem of(Reason reason, String detail) {
        return new Problem(reason, detail, Map.of());
    }

    private static Problem later(Reason reason, String detail, Duration wait) {
        long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
        return new Problem(reason, detail, Map.of(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
    }
}
