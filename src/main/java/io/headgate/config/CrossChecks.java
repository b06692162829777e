package io.headgate.config;

import io.headgate.http.SourceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What settings demand of each other. A setting that is wrong by itself is not compared. */
final class CrossChecks {
    /**
     * Addresses that only this machine reaches. A name other than localhost is not looked up: what it leads to may
     * change while the gateway runs.
     */
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]");

    private CrossChecks() {}

    static void run(Values values, Settings settings) {
        demoKeyStaysAtHome(values, settings);
        managementIsClosed(values, settings);
        limitsFitIntoEachOther(values, settings);
        portsDiffer(values, settings);
        aBatchFitsASegment(values, settings);
        taxonomyIsThere(values, settings);
    }

    private static void demoKeyStaysAtHome(Values values, Settings settings) {
        boolean demo = settings.http().sources().stream()
                .map(SourceSettings::writeKey)
                .anyMatch(SettingsReader.DEMO_KEY::equals);
        if (demo && !isLoopback(settings.http().host())) {
            values.fault(
                    "http.host",
                    settings.http().host(),
                    "must be a loopback address while a source has the write key demo, which everybody knows: give"
                            + " the sources keys of their own");
        }
    }

    private static void managementIsClosed(Values values, Settings settings) {
        boolean wide = !isLoopback(settings.manage().host());
        if (wide && settings.manage().token().isEmpty() && !values.isBroken("management.token")) {
            values.fault(
                    "management.token",
                    "\"\"",
                    "is needed because management.host is " + settings.manage().host() + " and not loopback");
        }
    }

    private static void limitsFitIntoEachOther(Values values, Settings settings) {
        long event = settings.ingest().eventBytesMax();
        long body = settings.http().bodyBytesMax();
        long inflated = settings.http().inflatedBytesMax();
        long inFlight = settings.http().inFlightBytesMax();
        atMost(values, "http.event-bytes-max", event, "http.body-bytes-max", body);
        atMost(values, "http.body-bytes-max", body, "http.inflated-bytes-max", inflated);
        atMost(values, "http.inflated-bytes-max", inflated, "http.in-flight-bytes-max", inFlight);
    }

    private static void atMost(Values values, String key, long value, String limitKey, long limit) {
        if (value > limit && !values.isBroken(key) && !values.isBroken(limitKey)) {
            values.fault(key, Long.toString(value), "must be at most " + limitKey + ", which is " + limit);
        }
    }

    private static void portsDiffer(Values values, Settings settings) {
        int http = settings.http().port();
        boolean clash = http != 0 && http == settings.manage().port();
        if (clash && !values.isBroken("http.port") && !values.isBroken("management.port")) {
            values.fault("management.port", Integer.toString(http), "must differ from http.port");
        }
        int redis = settings.embedded().map(embedded -> embedded.port()).orElse(0);
        boolean third = redis != 0
                && (redis == settings.http().port()
                        || redis == settings.manage().port());
        if (third && !values.isBroken("redis.embedded.port")) {
            values.fault(
                    "redis.embedded.port", Integer.toString(redis), "must differ from http.port and management.port");
        }
    }

    /** One partition's share of a batch is one append, which must fit a segment with what is written around each event. */
    private static void aBatchFitsASegment(Values values, Settings settings) {
        long segment = settings.journal().segmentBytes();
        long batch = settings.http().inflatedBytesMax();
        if (segment < 2 * batch
                && !values.isBroken("journal.segment-bytes")
                && !values.isBroken("http.inflated-bytes-max")) {
            values.fault(
                    "journal.segment-bytes",
                    Long.toString(segment),
                    "must be at least twice http.inflated-bytes-max, which is " + batch);
        }
    }

    private static void taxonomyIsThere(Values values, Settings settings) {
        Path dir = settings.taxonomy().dir();
        if (!Files.isDirectory(dir) && !dir.equals(TaxonomyFiles.DEFAULT)) {
            values.fault("taxonomy.dir", dir.toString(), "must be a directory that is there");
        }
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }
}
