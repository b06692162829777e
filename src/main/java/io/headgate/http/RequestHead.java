package io.headgate.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the door wants to know of the head of a {@code POST /v1/events}, each header looked up once.
 *
 * @param key the write key as {@link WriteKey} finds it
 * @param contentLength bytes of the body; -1 when they come in chunks, 0 when there are none
 * @param expectsContinue whether the client waits for {@code 100 Continue} before it sends the body
 * @param representation whether the client wants a verdict for each event
 */
record RequestHead(
        @Nullable String key,
        @Nullable String origin,
        @Nullable String contentType,
        @Nullable String contentEncoding,
        long contentLength,
        boolean expectsContinue,
        boolean representation) {
    private static final CharSequence X_WRITE_KEY = HttpHeaders.createOptimized("x-write-key");
    private static final CharSequence PREFER = HttpHeaders.createOptimized("prefer");

    static RequestHead of(HttpServerRequest request) {
        MultiMap headers = request.headers();
        String expect = headers.get(HttpHeaders.EXPECT);
        String prefer = headers.get(PREFER);
        return new RequestHead(
                WriteKey.find(headers.get(X_WRITE_KEY), request.query(), headers.get(HttpHeaders.AUTHORIZATION)),
                headers.get(HttpHeaders.ORIGIN),
                headers.get(HttpHeaders.CONTENT_TYPE),
                headers.get(HttpHeaders.CONTENT_ENCODING),
                contentLength(headers),
                expect != null
                        && request.version() == HttpVersion.HTTP_1_1
                        && expect.strip().equalsIgnoreCase("100-continue"),
                prefer != null && wantsRepresentation(prefer));
    }

    /** Whether the body is gzipped; null when it has an encoding that is not supported. */
    @Nullable
    Boolean gzip() {
        if (contentEncoding == null || contentEncoding.isEmpty()) {
            return false;
        }
        String encoding = contentEncoding.strip().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "gzip", "x-gzip" -> true;
            case "identity" -> false;
            default -> null;
        };
    }

    /** The decoder has refused whatever is no number by now, and a length beside chunks. */
    static long contentLength(MultiMap headers) {
        if (headers.contains(HttpHeaders.TRANSFER_ENCODING)) {
            return -1;
        }
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length.strip());
    }

    private static boolean wantsRepresentation(String prefer) {
        for (String preference : prefer.split("[,;]", -1)) {
            if (preference.strip().equalsIgnoreCase("return=representation")) {
                return true;
            }
        }
        return false;
    }
}
