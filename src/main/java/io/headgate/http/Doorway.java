package io.headgate.http;

import io.headgate.ingest.Ingest;
import io.headgate.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all event loops of the door share.
 *
 * @param connections open connections
 * @param draining set once, when the door is about to close: {@code /readyz} says so
 * @param stopping set once, when it closes: connections end after the answer that is under way
 */
record Doorway(
        HttpSettings settings,
        Sources sources,
        InFlight inFlight,
        AccessMeters meters,
        Ingest ingest,
        Pages pages,
        AnswerJson answers,
        FaultLog faults,
        Clock clock,
        AtomicInteger connections,
        AtomicBoolean draining,
        AtomicBoolean stopping) {}
