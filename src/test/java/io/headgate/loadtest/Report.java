package io.headgate.loadtest;

import java.util.List;
import java.util.Map;

/**
 * All of one run, as its file {@code report.json} keeps it.
 *
 * @param format of the file, 1
 * @param scenario its name
 * @param seed of its events
 * @param began RFC 3339
 * @param machine cores, versions, flags, settings: what the figures were measured on, in words
 * @param load what was sent in the measured part
 * @param answered the answers' times from when each was sent
 * @param corrected the same from when each was due: corrected for coordinated omission
 * @param costs what it cost
 * @param checks the verdict, line by line
 * @param aims figures that were meant to be reached; they decide nothing
 * @param samples once a second, warm-up included
 */
record Report(
        int format,
        String scenario,
        long seed,
        String began,
        Map<String, String> machine,
        Load load,
        Times answered,
        Times corrected,
        Costs costs,
        List<Check> checks,
        List<Check> aims,
        List<Sample> samples) {

    static final int FORMAT = 1;

    /**
     * What was sent and answered in the measured part; the verdicts are those of the whole run, warm-up included.
     *
     * @param failed requests without an answer, or with another than the scenario expects
     */
    record Load(
            double seconds,
            long requests,
            long events,
            long failed,
            double requestsPerSecond,
            double eventsPerSecond,
            long accepted,
            long duplicate,
            long rejected,
            long journaled) {}

    /** Milliseconds. */
    record Times(double p50, double p90, double p99, double p999, double max) {}

    /**
     * Of the measured part.
     *
     * @param gatewayMicrosPerEvent CPU time
     * @param redisMicrosPerEvent CPU time
     * @param clientCores CPU time by time of the load test itself, for it shares the machine
     * @param heapMaxMiB the most that was in use
     * @param heapLiveMiB the least that was in use after the first half: what stays after a collection, as near as metrics tell
     * @param gcMillis in pauses, all together
     * @param gcLongestMillis the longest pause that metrics told of
     * @param backlogMax events in the journal
     * @param filesFirst open file descriptors of the gateway at the beginning
     * @param filesLast the same at the end
     */
    record Costs(
            double gatewayMicrosPerEvent,
            double redisMicrosPerEvent,
            double gatewayCores,
            double redisCores,
            double clientCores,
            double heapMaxMiB,
            double heapLiveMiB,
            double gcMillis,
            double gcLongestMillis,
            long backlogMax,
            long filesFirst,
            long filesLast) {}

    boolean passed() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::pass);
    }
}
