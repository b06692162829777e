package io.headgate.config;

import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** YAML into nodes, which know their lines; no object of any class is ever made of them. */
final class YamlText {
    private static final int CHARS_MAX = 4 << 20;

    private YamlText() {}

    /** The text is no YAML. The message never quotes it, for it may hold secrets. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        Malformed(String message, int line) {
            super(message);
            this.line = line;
        }

        /** Counted from 1; 0 when it is not known. */
        int line() {
            return line;
        }
    }

    /** The document's root; empty for a document without content. */
    static Optional<Node> parse(String text) throws Malformed {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(CHARS_MAX);
        try {
            return Optional.ofNullable(new Yaml(new SafeConstructor(options)).compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new Malformed("no YAML: " + (e.getProblem() == null ? "cannot be read" : e.getProblem()), line);
        } catch (YAMLException e) {
            throw new Malformed("no YAML: it is too large, or holds characters that YAML does not allow", 0);
        }
    }
}
