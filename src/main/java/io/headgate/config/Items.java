package io.headgate.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a setting that is a list of maps, such as {@code sources}; each map's members are settings by themselves. */
final class Items {
    private final References references;
    private final List<ConfigFault> faults;

    Items(References references, List<ConfigFault> faults) {
        this.references = references;
        this.faults = faults;
    }

    /**
     * One map of the list.
     *
     * @param path such as {@code sources[0]}
     * @param values its members
     */
    record Item(String path, Written written, Values values) {}

    /** The maps of a list of {@code min} to {@code max}; nothing where none is written, or where it is no such list. */
    List<Item> read(Values values, String key, int min, int max, List<String> known) {
        Optional<Written> written = values.written(key);
        if (written.isEmpty()) {
            return List.of();
        }
        if (!(written.get().node() instanceof SequenceNode list)
                || list.getValue().size() < min
                || list.getValue().size() > max) {
            String name = key.substring(key.lastIndexOf('.') + 1);
            values.fault(key, "", "must be a list of " + min + " to " + max + " " + name);
            return List.of();
        }
        List<Item> items = new ArrayList<>();
        List<Node> nodes = list.getValue();
        for (int i = 0; i < nodes.size(); i++) {
            item(values.path(key) + "[" + i + "]", written.get().part(nodes.get(i)), known)
                    .ifPresent(items::add);
        }
        if (items.size() < nodes.size()) {
            values.breaks(key);
        }
        return items;
    }

    /** A setting that is one map; nothing where none is written, or where it is no map. */
    Optional<Item> one(Values values, String key, List<String> known) {
        return values.written(key).flatMap(written -> item(values.path(key), written, known));
    }

    /** A fault of the item as a whole. */
    void fault(Item item, String allowed) {
        faults.add(new ConfigFault(item.written().place(), item.path(), "", allowed));
    }

    /**
     * The type of an item that has all that its type needs; what is another type's alone is a fault too.
     *
     * @param kind for faults: a receiver
     * @param types the settings of each type besides those of all: those that it must have, then those it may have
     */
    Optional<String> type(Item item, String kind, Map<String, List<List<String>>> types) {
        List<String> names = types.keySet().stream().sorted().toList();
        String type = item.values()
                .get("type", "", Rule.matching(String.join("|", names), "one of " + String.join(", ", names)));
        List<List<String>> own = types.get(type);
        if (!has(item, "type") || own == null) {
            return Optional.empty();
        }
        List<String> foreign = types.values().stream()
                .flatMap(List::stream)
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .filter(key -> own.stream().noneMatch(keys -> keys.contains(key)))
                .filter(key -> item.values().written(key).isPresent())
                .toList();
        foreign.forEach(
                key -> item.values().fault(key, "(hidden)", kind + " of type " + type + " has no such setting"));
        List<String> missing =
                own.get(0).stream().filter(key -> !has(item, key)).toList();
        return foreign.isEmpty() && missing.isEmpty() ? Optional.of(type) : Optional.empty();
    }

    /** It is there and not broken. */
    boolean has(Item item, String key) {
        if (item.values().written(key).isEmpty()) {
            faults.add(new ConfigFault(item.written().place(), item.path() + "." + key, "", "is missing"));
            return false;
        }
        return !item.values().isBroken(key);
    }

    /** It is there, and no earlier item has the same. */
    boolean hasOfItsOwn(Item item, String key, String value, boolean secret, Set<String> others) {
        if (!has(item, key)) {
            return false;
        }
        if (!others.add(value)) {
            item.values().fault(key, secret ? "(hidden)" : value, "an earlier one has the same");
            return false;
        }
        return true;
    }

    private Optional<Item> item(String path, Written written, List<String> known) {
        if (!(written.node() instanceof MappingNode mapping)) {
            faults.add(new ConfigFault(written.place(), path, "", "must be a map of " + String.join(", ", known)));
            return Optional.empty();
        }
        Map<String, Written> members = new HashMap<>(Layers.members(written, mapping, path + ".", faults));
        members.forEach((key, value) -> {
            if (!known.contains(key)) {
                faults.add(new ConfigFault(value.place(), path + "." + key, "", Keys.didYouMean(key, known)));
            }
        });
        return Optional.of(new Item(path, written, new Values(path + ".", members, references, faults)));
    }
}
