package io.headgate.process;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.headgate.time.Clock;
import io.headgate.time.MonotonicInstants;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Whether a destination is tried at all.
 *
 * <pre>
 *            half of the last 10 deliveries failed, 5 of them at least
 *   CLOSED --------------------------------------------------------------> OPEN
 *     ^                                                                     | after 1 s, doubled up to 60 s
 *     '---- a delivery succeeds ---- HALF_OPEN (one delivery at a time) <---'
 *                                        '---- it fails ----> OPEN again
 * </pre>
 *
 * <p>By count and not by time, so that no clock can disturb its window. Belongs to the loop of the processing.
 */
final class Breaker {
    private static final int WINDOW = 10;
    private static final int CALLS_MIN = 5;
    private static final float PERCENT = 50;
    private static final long WAIT_MILLIS = 1_000;
    private static final long WAIT_MILLIS_MAX = 60_000;

    private final CircuitBreaker breaker;
    private long turn;

    Breaker(Clock clock) {
        this.breaker = CircuitBreaker.of(
                "destination",
                CircuitBreakerConfig.custom()
                        .clock(new MonotonicInstants(clock))
                        .currentTimestampFunction(any -> clock.nanos(), TimeUnit.NANOSECONDS)
                        .slidingWindow(
                                WINDOW,
                                CALLS_MIN,
                                SlidingWindowType.COUNT_BASED,
                                SlidingWindowSynchronizationStrategy.SYNCHRONIZED)
                        .failureRateThreshold(PERCENT)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofExponentialBackoff(WAIT_MILLIS, 2, WAIT_MILLIS_MAX))
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> turn++);
    }

    boolean closed() {
        return breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    /** Whether a delivery may begin now; true takes a permit, which {@link #end} or {@link #release} must give back, once. */
    boolean mayTry() {
        return breaker.tryAcquirePermission();
    }

    /** There was nothing to be delivered. To be called at once after {@link #mayTry}. */
    void release() {
        breaker.releasePermission();
    }

    /** The turn that a delivery begins in, to be told with what it came to. */
    long turn() {
        return turn;
    }

    /** What a delivery came to that began in this turn. When the state has changed since, it would be taken for a trial's. */
    void end(long begunIn, boolean succeeded) {
        if (begunIn != turn) {
            return;
        }
        if (succeeded) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        } else {
            breaker.onError(0, TimeUnit.NANOSECONDS, new DeliveryFailed());
        }
    }

    /** The state's name, for the status page. */
    String state() {
        return breaker.getState().name().toLowerCase(Locale.ROOT);
    }

    /** What the library is told of a failure: it wants a throwable, and nobody reads it. */
    private static final class DeliveryFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        DeliveryFailed() {
            super("a delivery failed", null, false, false);
        }
    }
}
