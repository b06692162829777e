package io.headgate.http;

import io.headgate.meter.Meters;
import io.headgate.meter.Tally;
import io.headgate.meter.Timing;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the door counts: requests by what they ended in, their time, connections, bytes. Safe for use by any thread. */
final class AccessMeters {
    /** Why the door closed a connection of its own accord. */
    enum Closed {
        /** One connection more than may be open. */
        OVER_LIMIT,
        /** Nothing came for the keep-alive time. */
        IDLE,
        /** A request was not whole at its deadline. */
        DEADLINE,
        /** An answer was not taken by the client. */
        ANSWER_NOT_TAKEN
    }

    private final Map<Reason, Tally> requests = new EnumMap<>(Reason.class);
    private final Map<Closed, Tally> closed = new EnumMap<>(Closed.class);
    private final Tally refused;
    private final Timing duration;

    AccessMeters(Meters meters, AtomicInteger connections, InFlight inFlight) {
        for (Reason reason : Reason.values()) {
            requests.put(
                    reason,
                    meters.tally(
                            "headgate_http_requests",
                            "Requests by what they ended in",
                            "status",
                            reason.statusClass(),
                            "reason",
                            reason.label()));
        }
        for (Closed why : Closed.values()) {
            closed.put(
                    why,
                    meters.tally(
                            "headgate_http_connections_closed",
                            "Connections that the door closed of its own accord",
                            "reason",
                            why.name().toLowerCase(Locale.ROOT)));
        }
        refused = meters.requestsRefused();
        duration = meters.timing(
                "headgate_http_request_duration", "From the first byte of a POST /v1/events to its answer");
        meters.gauge("headgate_http_connections", "Open connections", connections::get);
        meters.gauge("headgate_http_in_flight_bytes", "Bytes of bodies and answers held", inFlight::held);
    }

    void ended(Reason reason) {
        tally(requests, reason).increment();
        if (reason.isRefusal()) {
            refused.increment();
        }
    }

    void took(long nanos) {
        duration.record(nanos);
    }

    void closed(Closed why) {
        tally(closed, why).increment();
    }

    private static <K extends Enum<K>> Tally tally(Map<K, Tally> tallies, K key) {
        Tally tally = tallies.get(key);
        if (tally == null) {
            throw new IllegalStateException("no tally for " + key);
        }
        return tally;
    }
}
