package io.headgate.loadtest;

/**
 * What happened since the sample before.
 *
 * @param second when, counted from the start of the measured part; what was before is warm-up and negative
 * @param eventsPerSecond that were answered
 * @param p50Millis of the answers' times, corrected for coordinated omission; 0 where there was no answer
 * @param p99Millis the same
 * @param failed requests
 * @param mode of the gateway; {@code "?"} when its status did not come
 * @param backlog events in the journal
 * @param gatewayCores CPU time by time; 0 where it is not known
 * @param redisCores the same; 0 while Redis is away
 * @param heapMiB in use
 * @param gcMillis in pauses
 * @param files open file descriptors of the gateway
 */
record Sample(
        double second,
        double eventsPerSecond,
        double p50Millis,
        double p99Millis,
        long failed,
        String mode,
        long backlog,
        double gatewayCores,
        double redisCores,
        double heapMiB,
        double gcMillis,
        long files) {}
