package io.headgate.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** What was written for each setting: a flag wins over the environment, the environment over the file. */
final class Layers {
    private static final Logger LOG = LoggerFactory.getLogger(Layers.class);

    private final List<ConfigFault> faults;
    private final Map<String, Written> file = new HashMap<>();
    private final Map<String, Written> environment = new HashMap<>();
    private final Map<String, Written> flags = new HashMap<>();

    /** Faults that are found are added to the list. */
    Layers(List<ConfigFault> faults) {
        this.faults = faults;
    }

    /** What holds, by key. */
    Map<String, Written> effective() {
        Map<String, Written> effective = new HashMap<>(file);
        effective.putAll(environment);
        effective.putAll(flags);
        return effective;
    }

    void addFile(String name, String text) {
        try {
            YamlText.parse(text).ifPresent(root -> addSection("", new Written(name, true, root)));
        } catch (YamlText.Malformed e) {
            String place = e.line() == 0 ? name : name + ":" + e.line();
            faults.add(new ConfigFault(place, "", "", String.valueOf(e.getMessage())));
        }
    }

    /** An unknown variable only warns: container platforms inject such names. */
    void addEnvironment(Map<String, String> variables) {
        Map<String, String> keys = new HashMap<>();
        Keys.ALL.forEach(key -> keys.put(Keys.variable(key), key));
        new TreeMap<>(variables).forEach((name, value) -> {
            String key = keys.get(name);
            if (key != null) {
                addText(environment, "environment " + name, key, value);
            } else if (Keys.isVariable(name)) {
                LOG.warn("environment variable {} is ignored: no setting has this name", name);
            }
        });
    }

    /** Flags as given: {@code key=value}; of one key given twice the last holds. */
    void addFlags(List<String> given) {
        for (String flag : given) {
            int equals = flag.indexOf('=');
            String key = equals < 0 ? flag : flag.substring(0, equals);
            if (!Keys.ALL.contains(key)) {
                faults.add(new ConfigFault("--set", key, "", advice(key)));
            } else if (equals < 0) {
                faults.add(new ConfigFault("--set", key, "", "a value is missing: --set " + key + "=value"));
            } else {
                addText(flags, "--set", key, flag.substring(equals + 1));
            }
        }
    }

    private static String advice(String key) {
        return Keys.isSection(key) ? "this is a section, set one of its settings" : Keys.didYouMean(key, Keys.ALL);
    }

    private void addText(Map<String, Written> layer, String source, String key, String text) {
        // a URI is no list unless it looks like one; all else that is not structured is taken as it stands
        if (!Keys.isStructured(key) || (key.equals(Keys.REDIS_URI) && !text.startsWith("["))) {
            layer.put(key, Written.plain(source, text));
            return;
        }
        try {
            YamlText.parse(text)
                    .ifPresentOrElse(
                            node -> layer.put(key, new Written(source, false, node)),
                            () -> layer.put(key, Written.plain(source, "")));
        } catch (YamlText.Malformed e) {
            faults.add(new ConfigFault(source, key, "", String.valueOf(e.getMessage())));
        }
    }

    private void addSection(String prefix, Written section) {
        if (isEmpty(section.node())) {
            return; // everything in it is commented out
        }
        if (!(section.node() instanceof MappingNode mapping)) {
            String name = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
            faults.add(new ConfigFault(section.place(), name, "", "must be a map of settings"));
            return;
        }
        for (Map.Entry<String, Written> member :
                members(section, mapping, prefix, faults).entrySet()) {
            String key = prefix + member.getKey();
            if (Keys.isSection(key)) {
                addSection(key + ".", member.getValue());
            } else if (Keys.ALL.contains(key)) {
                file.put(key, member.getValue());
            } else {
                faults.add(new ConfigFault(member.getValue().place(), key, "", Keys.didYouMean(key, Keys.ALL)));
            }
        }
    }

    /** The members of a map in the order in which they stand; one that stands twice is a fault. */
    static Map<String, Written> members(Written map, MappingNode mapping, String prefix, List<ConfigFault> faults) {
        Map<String, Written> members = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            if (!(keyNode instanceof ScalarNode scalar)) {
                faults.add(new ConfigFault(map.part(keyNode).place(), prefix, "", "a key must be a plain word"));
            } else if (!seen.add(scalar.getValue())) {
                faults.add(new ConfigFault(
                        map.part(keyNode).place(), prefix + scalar.getValue(), "", "stands here a second time"));
            } else {
                members.put(scalar.getValue(), map.part(tuple.getValueNode()));
            }
        }
        return members;
    }

    static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL)
                && node instanceof ScalarNode scalar
                && !scalar.getValue().equals("null");
    }
}
