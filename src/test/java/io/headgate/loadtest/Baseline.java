package io.headgate.loadtest;

import io.headgate.load.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How everything stood before the first event was posted: what is counted or found later, and was not then, is the run's.
 *
 * @param status with the books
 * @param streams the newest entry of each
 * @param quarantine its newest entry
 * @param quarantined events written to it or cut off, by the metrics
 */
record Baseline(Status status, List<String> streams, String quarantine, Quarantined quarantined) {

    /** What the gateway says of its quarantine since its start. */
    record Quarantined(long written, long dropped) {
        static Quarantined of(String metrics) throws IOException {
            return new Quarantined(
                    metric(metrics, "headgate_quarantine_written_total"),
                    metric(metrics, "headgate_quarantine_dropped_total"));
        }

        private static long metric(String metrics, String name) throws IOException {
            return metrics.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> (long) Double.parseDouble(line.substring(name.length())))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no metric " + name));
        }
    }

    static Baseline of(GatewayAt gateway) throws IOException {
        List<String> streams = new ArrayList<>();
        Status status = Lines.whole(gateway.status());
        for (int partition = 0; partition < Lines.partitions(status); partition++) {
            streams.add(Entries.newest(gateway, gateway.stream(partition)));
        }
        return new Baseline(
                status,
                List.copyOf(streams),
                Entries.newest(gateway, gateway.quarantine()),
                Quarantined.of(gateway.metrics()));
    }
}
