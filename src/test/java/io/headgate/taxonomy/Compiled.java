package io.headgate.taxonomy;

import io.headgate.event.Fault;
import io.headgate.event.Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Taxonomies of a test's own: the shipped envelope, and one type called {@code made_up}. */
final class Compiled {
    static final String TYPE = "made_up";

    private Compiled() {}

    /** The shipped envelope with a type whose {@code properties} are described by this schema. */
    static Taxonomy withProperties(String schema) {
        try {
            return Taxonomy.compile(files("{\"properties\":{\"properties\":" + schema + "}}"));
        } catch (TaxonomyException e) {
            throw new AssertionError(e.faults().toString(), e);
        }
    }

    static Map<String, byte[]> files(String type) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("envelope.json", Shipped.files().get("envelope.json"));
        files.put(TYPE + ".json", type.getBytes(StandardCharsets.UTF_8));
        return files;
    }

    /** An event of that type with these properties, valid but for them. */
    static byte[] event(String properties) {
        return ("{\"event_id\":\"6f1c0000-4b1e-4c7a-9d2f-5a3d9e110000\",\"timestamp\":\"2026-11-20T08:00:00Z\","
                        + "\"event_name\":\"made_up\",\"session_id\":\"s\",\"user_id\":null,\"properties\":"
                        + properties
                        + ",\"context\":{\"source\":\"a\",\"medium\":\"b\",\"device_type\":\"web\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static List<Fault> explain(Taxonomy taxonomy, byte[] event) {
        return taxonomy.explain(Slice.of(event), taxonomy.type(TYPE).orElse(null));
    }
}
