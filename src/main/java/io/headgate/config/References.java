package io.headgate.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts what they name in place of <code>${NAME}</code> and <code>${file:/path}</code>; <code>$${</code> stands for a
 * plain <code>${</code>. What was put in is not looked at again, so a secret may hold any character.
 */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String FILE = "file:";
    private static final long FILE_BYTES_MAX = 64 << 10;

    private final Map<String, String> environment;

    References(Map<String, String> environment) {
        this.environment = environment;
    }

    /** A reference that leads nowhere; the message says which and why. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;

        Missing(String message) {
            super(message);
        }
    }

    String resolve(String text) throws Missing {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(name == null ? "${" : lookUp(name)));
        }
        return matcher.appendTail(resolved).toString();
    }

    private String lookUp(String name) throws Missing {
        if (name.startsWith(FILE)) {
            return read(name.substring(FILE.length()));
        }
        if (!NAME.matcher(name).matches()) {
            throw new Missing("a reference is ${NAME} or ${file:/path}; a plain ${ is written $${");
        }
        return Optional.ofNullable(environment.get(name))
                .orElseThrow(() -> new Missing("the environment has no variable " + name));
    }

    /** Without the line end that an editor leaves. */
    private static String read(String name) throws Missing {
        try {
            Path file = Path.of(name);
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new Missing("the file " + name + " is larger than " + FILE_BYTES_MAX + " bytes");
            }
            return Files.readString(file).replaceFirst("\\R\\z", "");
        } catch (IOException | InvalidPathException e) {
            throw new Missing("the file " + name + " cannot be read");
        }
    }
}
