package io.headgate.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The text of the configuration file.
 *
 * @param name for faults
 */
record ConfigText(String name, String content) {
    static final String DEFAULT_NAME = "conf/headgate.yaml";

    /** The given file; else the default one where there is one; else the one inside the jar. */
    static Optional<ConfigText> find(Optional<Path> given, List<ConfigFault> faults) {
        Path byDefault = Path.of(DEFAULT_NAME);
        if (given.isEmpty() && !Files.exists(byDefault)) {
            return Optional.of(shipped());
        }
        Path file = given.orElse(byDefault);
        try {
            return Optional.of(new ConfigText(file.toString(), Files.readString(file)));
        } catch (CharacterCodingException e) {
            faults.add(new ConfigFault(file.toString(), "", "", "must be UTF-8"));
        } catch (IOException e) {
            faults.add(new ConfigFault(file.toString(), "", "", "cannot be read: is it there, and readable?"));
        }
        return Optional.empty();
    }

    private static ConfigText shipped() {
        try (InputStream in = ConfigText.class.getClassLoader().getResourceAsStream(DEFAULT_NAME)) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new ConfigText("the jar's " + DEFAULT_NAME, text);
        } catch (IOException e) {
            throw new IllegalStateException("the jar cannot be read", e);
        }
    }
}
