package io.headgate.destination;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Settings of one destination ({@code destinations[]}), of whatever type. */
public sealed interface DestinationSettings {
    /** Names it in routes, metrics and alerts. */
    String name();

    Limits limits();

    /**
     * HTTP requests, signed as Standard Webhooks has it.
     *
     * @param secrets one, or several during a rotation; none: not signed
     * @param timeout of one request
     */
    record Webhook(String name, URI url, List<String> secrets, Duration timeout, Limits limits)
            implements DestinationSettings {
        public Webhook {
            secrets = List.copyOf(secrets);
        }

        /** Without the address and the secrets, for either may let in whoever reads them. */
        @Override
        public String toString() {
            return "Webhook[" + name + "]";
        }
    }

    /**
     * A table of PostgreSQL.
     *
     * @param uri {@code postgresql://user:password@host:port/database}; what cannot be understood is refused, and not repeated
     * @param table made and kept up by the destination, {@code schema.table} or {@code table}
     * @param retention a month's partition is dropped when all of it is older; zero: never
     * @param timeout of one transaction
     */
    record Postgres(String name, String uri, String table, Duration retention, Duration timeout, Limits limits)
            implements DestinationSettings {
        public Postgres {
            PgServer.require(uri);
        }

        /** Without the address, for it holds a password. */
        @Override
        public String toString() {
            return "Postgres[" + name + ", " + table + "]";
        }
    }

    /**
     * Compressed NDJSON files by hour and type.
     *
     * @param dir where they lie
     * @param retention files of hours that are older are deleted; zero: never
     * @param freeBytesMin left free on the disk, so that the archive never takes the journal's room
     */
    record Archive(String name, Path dir, Duration retention, long freeBytesMin, Limits limits)
            implements DestinationSettings {}
}
