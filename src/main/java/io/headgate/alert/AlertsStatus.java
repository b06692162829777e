package io.headgate.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the watch stands, for the status page.
 *
 * @param firing the alerts that fire
 * @param recent the last that are over, newest first
 * @param receivers each of them
 * @param silences those that hold or will, and those that ended not long ago
 * @param heartbeat what the heartbeat's address answered last; null where there is none
 * @param stateTrouble why the state cannot be written to disk; null while it can
 * @param watchFaults how often a look failed, since the start of the process: a fault of the program
 */
public record AlertsStatus(
        List<Alert> firing,
        List<Over> recent,
        List<ReceiverStatus> receivers,
        List<Silence> silences,
        @Nullable Beat heartbeat,
        @Nullable String stateTrouble,
        long watchFaults) {
    /**
     * An alert that fires.
     *
     * @param state {@code firing}, {@code repeating} or {@code silenced}
     * @param sinceMillis since when it is as it must not be, in milliseconds since 1970
     * @param told receivers that were told, or are being told
     */
    public record Alert(
            String key,
            String alert,
            Priority priority,
            String state,
            long sinceMillis,
            String summary,
            List<String> details,
            List<String> told) {}

    /** One that is over, and why. */
    public record Over(String key, Priority priority, long sinceMillis, long overMillis, String reason) {}

    /**
     * The heartbeat.
     *
     * @param lastSuccessMillis when it was answered 2xx last, in milliseconds since 1970; 0: never in this process
     * @param heldBack why none is sent now; null while it is
     */
    public record Beat(String lastAnswer, long lastSuccessMillis, @Nullable String heldBack) {}

    public AlertsStatus {
        firing = List.copyOf(firing);
        recent = List.copyOf(recent);
        receivers = List.copyOf(receivers);
        silences = List.copyOf(silences);
    }
}
