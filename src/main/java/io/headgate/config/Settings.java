package io.headgate.config;

import io.headgate.alert.AlertSettings;
import io.headgate.deliver.DeliverSettings;
import io.headgate.destination.DestinationSettings;
import io.headgate.embedded.EmbeddedSettings;
import io.headgate.http.HttpSettings;
import io.headgate.ingest.IngestSettings;
import io.headgate.journal.JournalSettings;
import io.headgate.manage.ManageSettings;
import io.headgate.process.ProcessSettings;
import io.headgate.stream.StreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway is built from: each part's own settings, checked alone and against each other.
 *
 * @param instance names this gateway; empty until {@link InstanceName#keptFor} has named it
 * @param dataDir everything that the gateway keeps lies below it
 * @param stream its addresses are empty when {@code embedded} is there: that server's address comes with its start
 * @param destinations all that are configured; routes name them
 * @param process its consumer is the instance
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
        AlertSettings alerts,
        List<DestinationSettings> destinations,
        ProcessSettings process) {
    public Settings {
        destinations = List.copyOf(destinations);
        if (stream.uris().isEmpty() == embedded.isEmpty()) {
            throw new IllegalArgumentException("redis.uri must be embedded or name a server, one of the two");
        }
    }

    /** How old the oldest unacknowledged event of a group may be before it is told ({@code processing.lag}). */
    public Duration processingLag() {
        return alerts.processingLag();
    }

    /** The same for a process that takes events and delivers none. */
    public Settings withoutRoutes() {
        return with(instance, process.withoutRoutes());
    }

    Settings named(String name) {
        return with(name, process.named(name));
    }

    private Settings with(String name, ProcessSettings processing) {
        return new Settings(
                name,
                dataDir,
                http,
                ingest,
                manage,
                stream,
                journal,
                embedded,
                deliver,
                taxonomy,
                alerts,
                destinations,
                processing);
    }
}
