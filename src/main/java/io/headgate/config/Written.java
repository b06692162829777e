package io.headgate.config;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value as somebody wrote it.
 *
 * @param source a file's name, a flag, an environment variable
 * @param lines whether the source is a file, whose lines help to find the place
 */
record Written(String source, boolean lines, Node node) {
    /** Text that is taken as it stands. */
    static Written plain(String source, String text) {
        return new Written(source, false, new ScalarNode(Tag.STR, text, null, null, ScalarStyle.PLAIN));
    }

    /** A part of this value. */
    Written part(Node part) {
        return new Written(source, lines, part);
    }

    String place() {
        Mark mark = node.getStartMark();
        return lines && mark != null ? source + ":" + (mark.getLine() + 1) : source;
    }
}
