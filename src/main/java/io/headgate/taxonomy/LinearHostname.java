package io.headgate.taxonomy;

import com.google.re2j.Pattern;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;

/**
 * The library's host name, on RE2/J. Its own pattern repeats a group, for which {@code java.util.regex} recurses once a
 * label: a long string of dots overflows the stack.
 */
final class LinearHostname implements Format {
    private static final String LABEL = "([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9])";

    private final Pattern pattern = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

    @Override
    public boolean matches(ExecutionContext context, String value) {
        return pattern.matches(value);
    }

    @Override
    public String getName() {
        return "hostname";
    }

    @Override
    public String getMessageKey() {
        return "format.hostname";
    }
}
