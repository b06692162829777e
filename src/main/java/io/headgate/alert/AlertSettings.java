package io.headgate.alert;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the watch ({@code alerts.*}).
 *
 * @param dir where its state is kept
 * @param repeat after how long a firing alert is told again
 * @param processingLag how old the oldest unacknowledged event of a group may be ({@code processing.lag})
 * @param runbook address of the runbook; an alert's section is added as {@code #fragment}
 */
public record AlertSettings(
        Path dir,
        LeadFlowSettings leadFlow,
        Duration repeat,
        String runbook,
        List<ReceiverSettings> receivers,
        Optional<HeartbeatSettings> heartbeat,
        List<Silence> silences,
        Duration processingLag) {
    public AlertSettings {
        if (repeat.toMillis() < 1) {
            throw new IllegalArgumentException("alerts.repeat cannot be " + repeat);
        }
        receivers = List.copyOf(receivers);
        silences = List.copyOf(silences);
    }
}
