package io.headgate.process;

/**
 * How a destination stands, as this process sees it.
 *
 * @param type {@code webhook}, {@code postgres}, {@code archive}
 * @param breaker {@code closed}, {@code open}, {@code half_open}; {@code unopened} while it cannot be made ready
 * @param inFlight deliveries under way
 * @param tried events tried in the last five minutes
 * @param failed those of them that were not delivered
 * @param p50Millis of deliveries in the last minute; 0 without one
 * @param lastFault what went wrong last; empty when nothing did
 * @param lastStatus the same without the other side's own words, which may repeat an event
 * @param lastFaultMillis in milliseconds since 1970
 */
public record DestinationStatus(
        String name,
        String type,
        String breaker,
        int inFlight,
        long tried,
        long failed,
        double p50Millis,
        double p95Millis,
        double p99Millis,
        String lastFault,
        String lastStatus,
        long lastFaultMillis) {}
