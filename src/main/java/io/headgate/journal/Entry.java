package io.headgate.journal;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.List;

/**
 * What one call of append asked for.
 *
 * @param first number of its first record
 * @param bytes what its records take in a segment
 * @param context where its promise is to be completed
 */
record Entry(int channel, long first, List<byte[]> payloads, long bytes, Context context, Promise<Long> promise) {
    Entry {
        payloads = List.copyOf(payloads);
    }

    /** Number of its last record. */
    long last() {
        return first + payloads.size() - 1;
    }

    static long bytes(List<byte[]> payloads) {
        return payloads.stream().mapToLong(RecordFormat::bytes).sum();
    }
}
