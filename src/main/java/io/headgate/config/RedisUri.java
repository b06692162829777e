package io.headgate.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code redis.uri}: the word {@code embedded}, one address, or the several of a Sentinel or a Cluster. */
final class RedisUri {
    private static final String EMBEDDED = "embedded";
    private static final Set<String> REMOTE = Set.of("redis", "rediss");
    private static final Rule<String> RULE = new Rule<>(
            "embedded, redis://HOST, rediss://HOST or unix:///PATH, with what is special in a password as %XX",
            RedisUri::parse);

    private RedisUri() {}

    /** The addresses; none means the embedded server. */
    static List<String> read(Values values) {
        List<String> uris = values.list(Keys.REDIS_URI, List.of(EMBEDDED), RULE);
        if (uris.equals(List.of(EMBEDDED))) {
            return List.of();
        }
        if (uris.isEmpty() || uris.contains(EMBEDDED)) {
            values.fault(Keys.REDIS_URI, "", "must be embedded alone, or the addresses of at least one server");
            return List.of();
        }
        return uris;
    }

    private static Optional<String> parse(String text) {
        if (text.equals(EMBEDDED)) {
            return Optional.of(text);
        }
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme());
            String path = String.valueOf(uri.getPath());
            boolean remote = REMOTE.contains(scheme) && uri.getHost() != null && uri.getPort() <= 65_535;
            boolean local = scheme.equals("unix") && uri.getHost() == null && path.startsWith("/") && path.length() > 1;
            return remote || local ? Optional.of(text) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
