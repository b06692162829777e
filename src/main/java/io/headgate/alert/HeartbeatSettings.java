package io.headgate.alert;

import java.net.URI;
import java.time.Duration;

/** Something outside that pages when it is not asked any more ({@code alerts.heartbeat.*}). */
public record HeartbeatSettings(URI url, Duration every) {
    public HeartbeatSettings {
        if (every.toMillis() < 1) {
            throw new IllegalArgumentException("alerts.heartbeat.every cannot be " + every);
        }
    }

    /** Without the address, which is a secret. */
    @Override
    public String toString() {
        return "HeartbeatSettings[every " + every + "]";
    }
}
