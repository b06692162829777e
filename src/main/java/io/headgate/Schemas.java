package io.headgate;

import io.headgate.http.SchemaCatalog;
import io.headgate.ingest.Road;
import io.headgate.taxonomy.EventType;
import io.headgate.taxonomy.Taxonomy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The taxonomy in force, as the door shows it. */
final class Schemas implements SchemaCatalog {
    private final Road road;

    Schemas(Road road) {
        this.road = road;
    }

    @Override
    public byte[] index() {
        Taxonomy taxonomy = road.taxonomy();
        JsonArray types = new JsonArray();
        for (EventType type : taxonomy.types()) {
            types.add(new JsonObject()
                    .put("event_name", type.name())
                    .put("title", type.title())
                    .put("version", type.version())
                    .put("lead", type.lead())
                    .put("schema", "/v1/schema/" + type.name()));
        }
        return new JsonObject()
                .put("version", taxonomy.version())
                .put("envelope", "/v1/schema/envelope")
                .put("types", types)
                .encode()
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<byte[]> schema(String name) {
        return road.taxonomy().schema(name);
    }
}
