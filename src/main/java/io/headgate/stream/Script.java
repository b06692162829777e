package io.headgate.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A script that runs inside Redis, kept as a resource beside this class.
 *
 * @param text the source
 * @param sha the name that {@code EVALSHA} calls it by
 */
record Script(String text, String sha) {
    /** Reads {@code name}.lua. */
    static Script named(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
            byte[] text = Objects.requireNonNull(in, name).readAllBytes();
            byte[] sha = MessageDigest.getInstance("SHA-1").digest(text);
            return new Script(
                    new String(text, StandardCharsets.UTF_8), HexFormat.of().formatHex(sha));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
