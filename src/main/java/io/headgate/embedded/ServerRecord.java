package io.headgate.embedded;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/**
 * The server that runs on a directory, as {@code server.json} remembers it.
 *
 * @param pid its process id
 * @param runId Redis's own name for this run, new at each start
 * @param port on loopback
 * @param started when the process started, for people; empty when the system does not tell
 */
record ServerRecord(long pid, String runId, int port, String started) {
    /** What a client connects to. */
    String address() {
        return "redis://127.0.0.1:" + port;
    }

    String json() {
        return new JsonObject()
                        .put("pid", pid)
                        .put("run_id", runId)
                        .put("address", address())
                        .put("started", started)
                        .encode()
                + "\n";
    }

    /** The record, or empty for anything that is not a whole one. */
    static Optional<ServerRecord> parse(String text) {
        try {
            JsonObject json = new JsonObject(text);
            Long pid = json.getLong("pid");
            String runId = json.getString("run_id");
            String address = json.getString("address");
            if (pid == null || runId == null || address == null) {
                return Optional.empty();
            }
            int port = URI.create(address).getPort();
            return Optional.of(new ServerRecord(pid, runId, port, json.getString("started", "")));
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
