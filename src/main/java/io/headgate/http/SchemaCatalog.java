package io.headgate.http;

import java.util.Optional;

/** The taxonomy in force, as {@code /v1/schema} shows it. Safe for use by any thread; asked once for each request. */
public interface SchemaCatalog {
    /** JSON that names every event type. The array is not written to by anybody. */
    byte[] index();

    /** The JSON Schema of one event type; empty when the taxonomy has none of that name. */
    Optional<byte[]> schema(String eventName);
}
