package io.headgate.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pages of browsers may post and read the answer (the Fetch standard's CORS protocol).
 *
 * <p>An origin that is listed by its name is echoed and may send credentials, which {@code sendBeacon} always does; one
 * that only {@code *} covers gets {@code *} and may not. {@code null}, the origin of sandboxed frames and of files, stands
 * for nobody in particular: it must be listed by name, and gets no credentials.
 */
final class Cors {
    /** What is allowed to the page that sent a request. */
    enum Access {
        /** No {@code Origin}: no browser's page, so CORS has no say. */
        NO_PAGE,
        /** Not listed. */
        REFUSED,
        /** Covered by {@code *}. */
        ANYBODY,
        /** {@code Origin: null}, listed. */
        OPAQUE,
        /** Listed by its name. */
        NAMED
    }

    private static final CharSequence ALLOW_HEADERS =
            HttpHeaders.createOptimized("Authorization, Content-Type, Content-Encoding, Prefer, X-Write-Key");
    private static final CharSequence ALLOW_METHODS = HttpHeaders.createOptimized("POST");
    private static final CharSequence EXPOSE_HEADERS = HttpHeaders.createOptimized("Retry-After, Preference-Applied");
    private static final CharSequence MAX_AGE_SECONDS = HttpHeaders.createOptimized("7200");
    private static final CharSequence STAR = HttpHeaders.createOptimized("*");
    private static final CharSequence TRUE = HttpHeaders.createOptimized("true");
    private static final CharSequence VARY_ANSWER = HttpHeaders.createOptimized("Origin");
    static final String VARY_PREFLIGHT = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

    private Cors() {}

    /** What a list of origins allows that one. Origins are compared exactly; browsers send them in lower case. */
    static Access access(@Nullable String origin, Set<String> listed) {
        if (origin == null) {
            return Access.NO_PAGE;
        }
        if (origin.equals("null")) {
            return listed.contains(origin) ? Access.OPAQUE : Access.REFUSED;
        }
        if (listed.contains(origin) && !origin.equals("*")) {
            return Access.NAMED;
        }
        return listed.contains("*") ? Access.ANYBODY : Access.REFUSED;
    }

    /** Headers of every answer of {@code /v1/events}, errors too. */
    static void answer(MultiMap headers, @Nullable String origin, Access access) {
        headers.set(HttpHeaders.VARY, VARY_ANSWER);
        if (allow(headers, origin, access)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSE_HEADERS);
        }
    }

    /** Headers of the answer to a preflight. */
    static void preflight(MultiMap headers, @Nullable String origin, Access access) {
        headers.set(HttpHeaders.VARY, VARY_PREFLIGHT);
        if (allow(headers, origin, access)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, ALLOW_METHODS);
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ALLOW_HEADERS);
            headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
        }
    }

    private static boolean allow(MultiMap headers, @Nullable String origin, Access access) {
        switch (access) {
            case NO_PAGE, REFUSED -> {
                return false;
            }
            case ANYBODY -> headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, STAR);
            case OPAQUE -> headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, String.valueOf(origin));
            case NAMED -> {
                headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, String.valueOf(origin));
                headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE);
            }
        }
        return true;
    }
}
