package io.headgate.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Finds the write key of a request. The places that are Headgate's own come first, {@code X-Write-Key}, then
 * {@code ?write_key=}; {@code Authorization} comes last, for browsers and proxies add one of their own accord, meant for
 * somebody else. The first place that is there decides.
 */
final class WriteKey {
    private static final String PARAMETER = "write_key=";
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private WriteKey() {}

    /** The key; null when none was sent, empty when it is written so that it cannot be read. */
    static @Nullable String find(@Nullable String header, @Nullable String query, @Nullable String authorization) {
        if (header != null) {
            return header;
        }
        String parameter = query == null ? null : parameter(query);
        if (parameter != null) {
            return parameter;
        }
        return authorization == null ? null : credentials(authorization);
    }

    private static @Nullable String parameter(String query) {
        int at = query.startsWith(PARAMETER) ? 0 : query.indexOf("&" + PARAMETER) + 1;
        if (at == 0 && !query.startsWith(PARAMETER)) {
            return null;
        }
        int start = at + PARAMETER.length();
        int end = query.indexOf('&', start);
        String raw = query.substring(start, end < 0 ? query.length() : end);
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String credentials(String authorization) {
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return user(authorization.substring(BASIC.length()).strip());
        }
        return "";
    }

    /** KEY of {@code base64(KEY:)}; a password is a sign that these credentials are meant for somebody else. */
    private static String user(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return pair.endsWith(":") ? pair.substring(0, pair.length() - 1) : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
