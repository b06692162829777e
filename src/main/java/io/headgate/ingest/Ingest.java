package io.headgate.ingest;

import io.vertx.core.Future;

/** The road of one batch, as the door sees it. Safe for use by any event loop. */
public interface Ingest {
    /**
     * Decodes, validates and stores the batch, and answers when every event of it has its verdict.
     *
     * @param source name of the source whose key was used
     * @param rate the source's allowance of events
     * @param body the whole body, inflated; not written to by anybody from here on
     * @param ndjson whether the body is newline-delimited JSON
     * @return completed on the caller's context; fails only for a fault of the gateway itself
     */
    Future<Answer> take(String source, EventRate rate, byte[] body, boolean ndjson);

    /** Whether events can be durably taken now. */
    boolean ready();
}
