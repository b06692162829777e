package io.headgate.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the events of a body are written, by its {@code Content-Type}. */
enum BodyFormat {
    JSON,
    NDJSON;

    /** The format of that content type; null when it is not supported, which a missing one is not either. */
    static @Nullable BodyFormat of(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        if (contentType.equals("application/json")) {
            return JSON;
        }
        String[] parts = contentType.split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            if (!utf8OrNoCharset(parts[i].strip())) {
                return null;
            }
        }
        return switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
            case "application/json", "text/plain" -> JSON;
            case "application/x-ndjson" -> NDJSON;
            default -> null;
        };
    }

    /** Other parameters mean nothing to these types. */
    private static boolean utf8OrNoCharset(String parameter) {
        String lower = parameter.toLowerCase(Locale.ROOT);
        return !lower.startsWith("charset") || lower.equals("charset=utf-8") || lower.equals("charset=\"utf-8\"");
    }
}
