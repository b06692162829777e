package io.headgate.config;

import io.headgate.http.SourceSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code sources}: a list of maps, whose names and keys must differ. */
final class SourcesReader {
    private static final int SOURCES_MAX = 10_000;
    private static final int RATE_MAX = 1_000_000_000;

    private static final Rule<String> NAME =
            Rule.matching("[A-Za-z0-9._-]{1,64}", "1 to 64 letters, digits, dots, dashes and underscores");

    /** A colon would end the key in {@code Authorization: Basic base64(KEY:)}. */
    private static final Rule<String> WRITE_KEY =
            Rule.matching("[!-~&&[^:]]{1,200}", "1 to 200 visible ASCII characters without spaces and colons");

    private static final Rule<String> ORIGIN = new Rule<>(
            "*, null, or an origin as browsers send it: https://host, with :port unless it is the scheme's own,"
                    + " in lower case, without a path",
            SourcesReader::origin);
    private static final Pattern ORIGIN_SHAPE =
            Pattern.compile("([a-z][a-z0-9+.-]*)://([a-z0-9._-]+|\\[[0-9a-f:.]+])(?::([1-9]\\d{0,4}))?");
    private static final Map<String, String> OWN_PORT = Map.of("http", "80", "https", "443");

    private static final List<SourceSettings> DEMO =
            List.of(new SourceSettings("demo", SettingsReader.DEMO_KEY, List.of("*"), 0, 0));

    private final References references;
    private final List<ConfigFault> faults;

    SourcesReader(References references, List<ConfigFault> faults) {
        this.references = references;
        this.faults = faults;
    }

    List<SourceSettings> read(Values values) {
        Optional<Written> written = values.written(Keys.SOURCES);
        if (written.isEmpty()) {
            return DEMO;
        }
        if (!(written.get().node() instanceof SequenceNode list)
                || list.getValue().isEmpty()
                || list.getValue().size() > SOURCES_MAX) {
            values.fault(Keys.SOURCES, "", "must be a list of 1 to " + SOURCES_MAX + " sources");
            return DEMO;
        }
        List<SourceSettings> sources = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> keys = new HashSet<>();
        List<Node> items = list.getValue();
        for (int i = 0; i < items.size(); i++) {
            source(Keys.SOURCES + "[" + i + "]", written.get().part(items.get(i)), names, keys)
                    .ifPresent(sources::add);
        }
        return sources;
    }

    private Optional<SourceSettings> source(String path, Written written, Set<String> names, Set<String> keys) {
        if (!(written.node() instanceof MappingNode mapping)) {
            faults.add(new ConfigFault(written.place(), path, "", "must be a map with a name and a write-key"));
            return Optional.empty();
        }
        Map<String, Written> members = new HashMap<>(Layers.members(written, mapping, path + ".", faults));
        members.forEach((key, value) -> {
            if (!Keys.OF_A_SOURCE.contains(key)) {
                faults.add(
                        new ConfigFault(value.place(), path + "." + key, "", Keys.didYouMean(key, Keys.OF_A_SOURCE)));
            }
        });
        Values values = new Values(path + ".", members, references, faults);
        String name = values.get("name", "", NAME);
        String writeKey = values.secret("write-key", "", WRITE_KEY);
        List<String> origins = values.list("origins", List.of(), ORIGIN);
        int requests = values.get("requests-per-second", 0, Rule.integer(0, RATE_MAX));
        int events = values.get("events-per-second", 0, Rule.integer(0, RATE_MAX));
        requireOne(written, path, values, "name", name, names);
        requireOne(written, path, values, "write-key", writeKey, keys);
        return name.isEmpty() || writeKey.isEmpty()
                ? Optional.empty()
                : Optional.of(new SourceSettings(name, writeKey, origins, requests, events));
    }

    /** It is there, and no other source has the same. */
    private void requireOne(Written source, String path, Values values, String key, String value, Set<String> others) {
        if (values.written(key).isEmpty()) {
            faults.add(new ConfigFault(source.place(), path + "." + key, "", "is missing"));
        } else if (!values.isBroken(key) && !others.add(value)) {
            values.fault(key, key.equals("name") ? value : "(hidden)", "an earlier source has the same");
        }
    }

    private static Optional<String> origin(String text) {
        if (text.equals("*") || text.equals("null")) {
            return Optional.of(text);
        }
        Matcher matcher = ORIGIN_SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        // a browser leaves out the scheme's own port, so an origin with it would never match
        boolean ownPort = matcher.group(3) != null && matcher.group(3).equals(OWN_PORT.get(matcher.group(1)));
        return ownPort ? Optional.empty() : Optional.of(text);
    }
}
