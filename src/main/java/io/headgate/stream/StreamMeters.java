package io.headgate.stream;

import io.headgate.meter.Meters;
import io.headgate.meter.Tally;
import io.headgate.meter.Timing;
import java.util.EnumMap;
import java.util.Map;

/** What the stream counts. Safe for use by any thread. */
final class StreamMeters {
    private final Tally calls;
    private final Tally callEvents;
    private final Timing callTime;
    private final Tally givenBack;
    private final Tally reconnects;
    private final Map<WriteFault.Kind, Tally> failures = new EnumMap<>(WriteFault.Kind.class);

    StreamMeters(Meters meters) {
        calls = meters.tally("headgate_stream_calls", "Calls of the append script");
        callEvents = meters.tally("headgate_stream_call_events", "Events in those calls");
        callTime = meters.timing("headgate_stream_call_time", "From sending a call to its answer or its end");
        givenBack = meters.tally("headgate_stream_given_back", "Events given back unsent");
        reconnects = meters.tally("headgate_stream_disconnects", "Connections to Redis that were lost or given up");
        for (WriteFault.Kind kind : WriteFault.Kind.values()) {
            failures.put(
                    kind, meters.tally("headgate_stream_failures", "Calls that failed, by kind", "kind", kind.wire()));
        }
    }

    void call(int events, long nanos) {
        calls.increment();
        callEvents.add(events);
        callTime.record(nanos);
    }

    void failed(WriteFault fault) {
        Tally tally = failures.get(fault.kind());
        if (tally != null) {
            tally.increment();
        }
    }

    void givenBack(int events) {
        givenBack.add(events);
    }

    void disconnected() {
        reconnects.increment();
    }
}
