package io.headgate.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code INFO} tells of the server, as far as it matters here.
 *
 * @param version such as {@code 7.0.15}
 * @param mode {@code standalone}, {@code cluster} or {@code sentinel}
 * @param role {@code master} or {@code slave}
 * @param maxmemoryPolicy anything but {@code noeviction} may destroy events that nobody has read
 * @param appendOnly whether an append-only file is kept
 * @param maxmemory bytes; 0: no limit
 * @param usedMemory bytes
 * @param loading whether it is still reading its data from disk
 */
public record ServerFacts(
        String version,
        String mode,
        String role,
        String maxmemoryPolicy,
        boolean appendOnly,
        long maxmemory,
        long usedMemory,
        boolean loading) {
    private static final int MAJOR_MIN = 6;
    private static final int MINOR_MIN = 2;
    private static final String SAFE_POLICY = "noeviction";

    /** Reads the answer of {@code INFO}; what is missing is empty, 0 or false. */
    static ServerFacts parse(String info) {
        Map<String, String> fields = new HashMap<>();
        info.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return new ServerFacts(
                fields.getOrDefault("redis_version", ""),
                fields.getOrDefault("redis_mode", ""),
                fields.getOrDefault("role", ""),
                fields.getOrDefault("maxmemory_policy", ""),
                "1".equals(fields.get("aof_enabled")),
                number(fields.get("maxmemory")),
                number(fields.get("used_memory")),
                "1".equals(fields.get("loading")));
    }

    /** Whether it has the commands that the gateway needs. */
    boolean newEnough() {
        String[] parts = version.split("\\.", -1);
        long major = number(parts[0]);
        long minor = parts.length > 1 ? number(parts[1]) : 0;
        return major > MAJOR_MIN || (major == MAJOR_MIN && minor >= MINOR_MIN);
    }

    /** Whether it may destroy events that nobody has read when its memory is full. */
    public boolean mayEvict() {
        return !maxmemoryPolicy.equals(SAFE_POLICY);
    }

    /** Share of its memory that it uses; 0 where it has no limit. */
    double memoryShare() {
        return maxmemory == 0 ? 0 : (double) usedMemory / (double) maxmemory;
    }

    /** Sentences on what is unsafe about its settings; empty when nothing is. */
    List<String> unsafe() {
        List<String> reasons = new ArrayList<>();
        if (mayEvict()) {
            reasons.add("maxmemory-policy is " + maxmemoryPolicy + ": events that nobody has read may be evicted");
        }
        if (!appendOnly) {
            reasons.add("no append-only file: what was confirmed is lost when Redis stops");
        }
        return reasons;
    }

    private static long number(@Nullable String text) {
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
