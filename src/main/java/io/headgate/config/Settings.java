package io.headgate.config;

import io.headgate.alert.AlertSettings;
import io.headgate.deliver.DeliverSettings;
import io.headgate.embedded.EmbeddedSettings;
import io.headgate.http.HttpSettings;
import io.headgate.ingest.IngestSettings;
import io.headgate.journal.JournalSettings;
import io.headgate.manage.ManageSettings;
import io.headgate.stream.StreamSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a gateway is built from: each part's own settings, checked alone and against each other.
 *
 * @param instance names this gateway; empty until {@link InstanceName#keptFor} has named it
 * @param dataDir everything that the gateway keeps lies below it
 * @param stream its addresses are empty when {@code embedded} is there: that server's address comes with its start
 * @param embedded there when {@code redis.uri} is {@code embedded}
 */
public record Settings(
        String instance,
        Path dataDir,
        HttpSettings http,
        IngestSettings ingest,
        ManageSettings manage,
        StreamSettings stream,
        JournalSettings journal,
        Optional<EmbeddedSettings> embedded,
        DeliverSettings deliver,
        TaxonomyFiles taxonomy,
        AlertSettings alerts) {
    public Settings {
        if (stream.uris().isEmpty() == embedded.isEmpty()) {
            throw new IllegalArgumentException("redis.uri must be embedded or name a server, one of the two");
        }
    }

    Settings named(String name) {
        return new Settings(name, dataDir, http, ingest, manage, stream, journal, embedded, deliver, taxonomy, alerts);
    }
}
