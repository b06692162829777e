package io.headgate.deliver;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.headgate.time.Clock;
import io.headgate.time.MonotonicInstants;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether Redis is tried at all. Routes, and guards nothing: a write that fails goes to the journal whatever this says.
 *
 * <pre>
 *            share of failed writes exceeds the limit
 *   CLOSED ---------------------------------------------> OPEN
 *     ^                                                    | after 1 s, doubled up to 10 s
 *     | {@value #TRIALS} trials, not too many failed                      v
 *     +------------------------------------------------ HALF_OPEN ---> OPEN again, if they fail
 * </pre>
 *
 * <p>Events are written while it is closed only. Half-open is for trials without an event, one after the other, which the
 * {@link Prober} makes: so no permit is ever out that nobody gives back, and no client waits for a trial. What a write came
 * to is told with the turn that it began in, and is not listened to when the state has changed since: such late news would
 * be taken for a trial's.
 *
 * <p>The brief says that the share must <em>exceed</em> the limit, while the library opens at it: it is given the next
 * larger number. It is also given the monotonic clock, for a wall clock that steps back would stop its window (4-facts.md
 * has the measurement). Safe for use by any thread.
 */
final class Breaker {
    /** At the usual limit of 5 % one failure of them is forgiven. */
    static final int TRIALS = 21;

    private static final Duration WAIT_MIN = Duration.ofSeconds(1);
    private static final int WAIT_TIMES_MAX = 10;

    private final CircuitBreaker breaker;
    private final AtomicLong turn = new AtomicLong();

    Breaker(DeliverSettings settings, Clock clock) {
        Duration wait = longer(WAIT_MIN, settings.streamDeadline().multipliedBy(2));
        this.breaker = CircuitBreaker.of(
                "redis",
                CircuitBreakerConfig.custom()
                        .clock(new MonotonicInstants(clock))
                        .currentTimestampFunction(any -> clock.nanos(), TimeUnit.NANOSECONDS)
                        .slidingWindow(
                                Math.toIntExact(settings.window().toSeconds()),
                                settings.callsMin(),
                                SlidingWindowType.TIME_BASED,
                                SlidingWindowSynchronizationStrategy.SYNCHRONIZED) // the other has a clock of its own
                        .failureRateThreshold(Math.nextUp((float) (settings.errorRate() * 100)))
                        .permittedNumberOfCallsInHalfOpenState(TRIALS)
                        .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(
                                wait.toMillis(),
                                2,
                                wait.multipliedBy(WAIT_TIMES_MAX).toMillis()))
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> turn.incrementAndGet());
    }

    /** Whether events may be written. */
    boolean closed() {
        return breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    /** The turn that a write begins in, to be told with what it came to. */
    long turn() {
        return turn.get();
    }

    /** A write of events that began in this turn succeeded, or failed in a way that Redis as a whole is to blame for. */
    void heard(long begunIn, boolean succeeded) {
        if (begunIn == turn.get()) {
            tell(succeeded);
        }
    }

    /** Redis is back: what failed while it was away says nothing about it. */
    void begin() {
        if (closed()) {
            breaker.reset();
        }
    }

    /** Whether a trial is due; true takes a permit, which {@link #tried} must give back, once. */
    boolean trialDue() {
        return !closed() && breaker.tryAcquirePermission();
    }

    /** What the trial came to. */
    void tried(boolean succeeded) {
        tell(succeeded);
    }

    /** The state's name, for the status page. */
    String state() {
        return breaker.getState().name().toLowerCase(Locale.ROOT);
    }

    /** Share of failed writes in the window, in percent; negative while there are too few. */
    float failedPercent() {
        return breaker.getMetrics().getFailureRate();
    }

    private void tell(boolean succeeded) {
        if (succeeded) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        } else {
            breaker.onError(0, TimeUnit.NANOSECONDS, new WriteFailed());
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }

    /** What the library is told of a failure: it wants a throwable, and nobody reads it. */
    private static final class WriteFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        WriteFailed() {
            super("a write failed", null, false, false);
        }
    }
}
