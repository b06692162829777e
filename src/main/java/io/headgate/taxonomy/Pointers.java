package io.headgate.taxonomy;

import com.networknt.schema.JsonNodePath;

/**
 * JSON Pointers (RFC 6901) as faults show them. A member's name in one is cut at {@value #NAME_CHARS_MAX} characters:
 * it is the client's, and as long as the client likes.
 */
final class Pointers {
    static final int NAME_CHARS_MAX = 100;

    private Pointers() {}

    static String append(String pointer, String name) {
        return pointer + "/" + shortened(name).replace("~", "~0").replace("/", "~1");
    }

    static String of(JsonNodePath path) {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < path.getNameCount(); i++) {
            Object element = path.getElement(i);
            if (element instanceof Integer index) {
                pointer.append('/').append(index);
            } else {
                pointer.append(append("", element.toString()));
            }
        }
        return pointer.toString();
    }

    private static String shortened(String name) {
        if (name.length() <= NAME_CHARS_MAX) {
            return name;
        }
        int cut = Character.isHighSurrogate(name.charAt(NAME_CHARS_MAX - 1)) ? NAME_CHARS_MAX - 1 : NAME_CHARS_MAX;
        return name.substring(0, cut) + "…";
    }
}
