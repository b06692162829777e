package io.headgate.load;

import java.util.HashMap;
import java.util.Map;

/** The arguments of a load program: {@code name=value}, or {@code --name value}. */
final class Options {
    private final Map<String, String> values = new HashMap<>();

    Options(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.indexOf('=');
            if (argument.startsWith("--") && equals < 0 && i + 1 < arguments.length) {
                values.put(argument.substring(2), arguments[++i]);
            } else if (equals >= 1) {
                values.put(
                        argument.substring(argument.startsWith("--") ? 2 : 0, equals), argument.substring(equals + 1));
            } else {
                throw new IllegalArgumentException("name=value or --name value, not " + argument);
            }
        }
    }

    /** Refuses every name but these: a run of minutes with a misspelled option proves something else. */
    Options only(String... names) {
        Map<String, String> others = new HashMap<>(values);
        others.keySet().removeAll(java.util.Set.of(names));
        if (!others.isEmpty()) {
            throw new IllegalArgumentException("no such option: " + others.keySet());
        }
        return this;
    }

    int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }
}
