package io.headgate.config;

import io.headgate.http.SourceSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code sources}: a list of maps, whose names and keys must differ. */
final class SourcesReader {
    private static final int SOURCES_MAX = 10_000;
    private static final int RATE_MAX = 1_000_000_000;

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

    private static final Read DEMO =
            new Read(new SourceSettings("demo", SettingsReader.DEMO_KEY, List.of("*"), 0, 0), Optional.empty(), false);

    private final Items items;

    SourcesReader(Items items) {
        this.items = items;
    }

    /**
     * One source as it is written.
     *
     * @param silence its own limit for a silence of leads, where it has one
     * @param expectLeads whether it is watched before its first lead
     */
    record Read(SourceSettings source, Optional<Duration> silence, boolean expectLeads) {}

    /** Never empty. */
    List<Read> read(Values values) {
        Set<String> names = new HashSet<>();
        Set<String> keys = new HashSet<>();
        List<Read> sources = items.read(values, Keys.SOURCES, 1, SOURCES_MAX, Keys.OF_A_SOURCE).stream()
                .flatMap(item -> source(item, names, keys).stream())
                .toList();
        return sources.isEmpty() ? List.of(DEMO) : sources;
    }

    private Optional<Read> source(Items.Item item, Set<String> names, Set<String> keys) {
        Values values = item.values();
        String name = values.get("name", "", Rule.name());
        String writeKey = values.secret("write-key", "", WRITE_KEY);
        List<String> origins = values.list("origins", List.of(), ORIGIN);
        int requests = values.get("requests-per-second", 0, Rule.integer(0, RATE_MAX));
        int events = values.get("events-per-second", 0, Rule.integer(0, RATE_MAX));
        Duration silence = values.get("silence", Duration.ZERO, AlertsReader.SILENCE);
        boolean expectLeads = values.get("expect-leads", false, Rule.yesOrNo());
        boolean named = items.hasOfItsOwn(item, "name", name, false, names);
        boolean keyed = items.hasOfItsOwn(item, "write-key", writeKey, true, keys);
        return named && keyed
                ? Optional.of(new Read(
                        new SourceSettings(name, writeKey, origins, requests, events),
                        Optional.of(silence).filter(limit -> !limit.isZero()),
                        expectLeads))
                : Optional.empty();
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
