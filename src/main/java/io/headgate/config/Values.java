package io.headgate.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Settings by key, read under rules. A value that breaks its rule is noted as a fault and its default goes on in its
 * place, so that one reading finds every fault; what was read counts only if there was none.
 */
final class Values {
    private static final String HIDDEN = "(hidden)";
    private static final int SHOWN_CHARS_MAX = 100;

    private final String prefix;
    private final Map<String, Written> written;
    private final References references;
    private final List<ConfigFault> faults;
    private final Set<String> broken = new HashSet<>();

    /** Keys in faults begin with the prefix. */
    Values(String prefix, Map<String, Written> written, References references, List<ConfigFault> faults) {
        this.prefix = prefix;
        this.written = written;
        this.references = references;
        this.faults = faults;
    }

    /** The value, or the default where none is written. */
    <T> T get(String key, T byDefault, Rule<T> rule) {
        Written value = written.get(key);
        return value == null ? byDefault : one(key, value, rule, false).orElse(byDefault);
    }

    /** As {@link #get}, for a value that no fault may show. */
    String secret(String key, String byDefault, Rule<String> rule) {
        Written value = written.get(key);
        return value == null ? byDefault : one(key, value, rule, true).orElse(byDefault);
    }

    /** A list of values; a single value stands for a list of one. */
    List<String> list(String key, List<String> byDefault, Rule<String> rule) {
        return list(key, byDefault, rule, false);
    }

    /** As {@link #list}, for values that no fault may show. */
    List<String> secrets(String key, Rule<String> rule) {
        return list(key, List.of(), rule, true);
    }

    private List<String> list(String key, List<String> byDefault, Rule<String> rule, boolean secret) {
        Written value = written.get(key);
        if (value == null) {
            return byDefault;
        }
        if (!(value.node() instanceof SequenceNode sequence)) {
            return one(key, value, rule, secret).map(List::of).orElse(byDefault);
        }
        List<String> values = new ArrayList<>();
        List<Node> items = sequence.getValue();
        for (int i = 0; i < items.size(); i++) {
            one(key + "[" + i + "]", value.part(items.get(i)), rule, secret).ifPresent(values::add);
        }
        if (values.size() < items.size()) {
            broken.add(key);
            return byDefault;
        }
        return values;
    }

    /** A map of texts; nothing where none is written, or where it is broken. */
    Map<String, String> map(String key, int max, Rule<String> keyRule, Rule<String> valueRule) {
        Written value = written.get(key);
        if (value == null) {
            return Map.of();
        }
        if (!(value.node() instanceof MappingNode mapping) || mapping.getValue().size() > max) {
            refuse(key, value, "", "must be a map of at most " + max);
            return Map.of();
        }
        int before = faults.size();
        Map<String, String> map = new LinkedHashMap<>();
        Layers.members(value, mapping, path(key) + ".", faults).forEach((name, part) -> {
            if (keyRule.parse().apply(name).isEmpty()) {
                refuse(key + "." + shown(name), part, "", "the name must be " + keyRule.allowed());
            }
            one(key + "." + shown(name), part, valueRule, false).ifPresent(text -> map.put(name, text));
        });
        if (faults.size() > before) {
            broken.add(key);
            return Map.of();
        }
        return map;
    }

    /** The whole path of a key, from the top of the configuration. */
    String path(String key) {
        return prefix + key;
    }

    Optional<Written> written(String key) {
        return Optional.ofNullable(written.get(key));
    }

    /** Notes a fault of a key that was read already. At most one for each key: what follows from a fault is none. */
    void fault(String key, String shown, String allowed) {
        String place = written(key).map(Written::place).orElse("default");
        if (broken.add(key)) {
            faults.add(new ConfigFault(place, prefix + key, shown, allowed));
        }
    }

    /** The key has a fault that is noted already, under the name of one of its parts. */
    void breaks(String key) {
        broken.add(key);
    }

    /** Whether the key has a fault, so that comparing it with others would only add noise. */
    boolean isBroken(String key) {
        return broken.contains(key);
    }

    private <T> Optional<T> one(String key, Written value, Rule<T> rule, boolean secret) {
        if (!(value.node() instanceof ScalarNode scalar) || Layers.isEmpty(value.node())) {
            String shown = value.node() instanceof ScalarNode ? "empty" : "a list or a map";
            return refuse(key, value, shown, "must be " + rule.allowed());
        }
        String raw = scalar.getValue();
        String shown = secret ? HIDDEN : shown(raw);
        try {
            Optional<T> parsed = rule.parse().apply(references.resolve(raw));
            return parsed.isPresent() ? parsed : refuse(key, value, shown, "must be " + rule.allowed());
        } catch (References.Missing e) {
            return refuse(key, value, shown, String.valueOf(e.getMessage()));
        }
    }

    private <T> Optional<T> refuse(String key, Written value, String shown, String allowed) {
        broken.add(key);
        faults.add(new ConfigFault(value.place(), prefix + key, shown, allowed));
        return Optional.empty();
    }

    /** As written, without the credentials that an address may carry. */
    static String shown(String raw) {
        String safe = raw.replaceAll("//.*@", "//***@").replaceAll("(?i)(password|secret|token)=[^&]*", "$1=***");
        String cut = safe.length() > SHOWN_CHARS_MAX ? safe.substring(0, SHOWN_CHARS_MAX) + "..." : safe;
        return cut.isEmpty() ? "\"\"" : cut;
    }
}
