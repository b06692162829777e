package io.headgate.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A bell that keeps what it was told last of each alert, as {@code Name/label}. */
final class Rung implements Bell {
    /** What was told; of one that is well, the summary is the reason. */
    record Ring(boolean firing, long sinceMillis, String summary, List<String> details, Optional<LastLead> lastLead) {}

    final Map<String, Ring> rings = new LinkedHashMap<>();

    private final Map<String, Priority> priorities = new LinkedHashMap<>();
    /** Every change of what was told. */
    final List<String> changes = new ArrayList<>();

    @Override
    public void firing(
            AlertName name,
            String label,
            Priority priority,
            long sinceMillis,
            String summary,
            List<String> details,
            @Nullable LastLead lastLead) {
        priorities.put(name.wire() + "/" + label, priority);
        told(name, label, new Ring(true, sinceMillis, summary, details, Optional.ofNullable(lastLead)));
    }

    @Override
    public void well(AlertName name, String label, String reason) {
        told(name, label, well(reason));
    }

    @Override
    public void gone(AlertName name, Set<String> there, String reason) {
        rings.keySet().stream()
                .filter(key -> key.startsWith(name.wire() + "/"))
                .map(key -> key.substring(key.indexOf('/') + 1))
                .filter(label -> !there.contains(label))
                .toList()
                .forEach(label -> well(name, label, reason));
    }

    private void told(AlertName name, String label, Ring ring) {
        String key = name.wire() + "/" + label;
        Ring before = rings.put(key, ring);
        if (before == null ? ring.firing() : before.firing() != ring.firing()) {
            changes.add((ring.firing() ? "firing " : "well ") + key);
        }
    }

    boolean fires(String key) {
        Ring ring = rings.get(key);
        return ring != null && ring.firing();
    }

    Priority priority(String key) {
        return priorities.get(key);
    }

    static Ring well(String reason) {
        return new Ring(false, 0, reason, List.of(), Optional.empty());
    }

    Ring of(String key) {
        return rings.get(key);
    }
}
