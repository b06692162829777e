package io.headgate.alert;

import io.headgate.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * The time that has elapsed since the process started, sleep of the machine included: the monotonic clock, and by how much
 * the boot clock has got ahead of it. Steps of the wall clock do not count; they are noticed. Belongs to one thread.
 */
final class Elapsed {
    /** Sleep below this is not told from the boot clock's coarseness and a pause between reading two clocks. */
    private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Who looks several times a second and has not looked for so long was asleep, or stopped. */
    private static final long AWAKE_MILLIS_MAX = 10_000;

    /** A smaller difference is the wall clock being adjusted, or the time between reading two clocks. */
    private static final long STEP_MILLIS_MIN = 10_000;

    private final Clock clock;
    private final long nanosAtStart;
    private final long aheadAtStart;
    private long asleepNanos;
    private Moment last;

    Elapsed(Clock clock) {
        this.clock = clock;
        this.nanosAtStart = clock.nanos();
        long boot = clock.bootNanos();
        this.aheadAtStart = boot - nanosAtStart;
        this.last = new Moment(0, clock.wallMillis(), nanosAtStart, bootMillis(boot), 0, 0, 0, 0);
    }

    /**
     * A look at the clocks.
     *
     * @param millis elapsed since the start of the process
     * @param wallMillis the wall clock
     * @param nanos the monotonic clock
     * @param bootMillis the boot clock
     * @param asleepMillis how long the machine slept since the look before
     * @param awakeSince when it woke up last, or went on after it was stopped, as elapsed; 0: the start
     * @param awayMillis for how long before {@code awakeSince} nobody could take leads
     * @param stepMillis by how much the wall clock was set since the look before
     */
    record Moment(
            long millis,
            long wallMillis,
            long nanos,
            long bootMillis,
            long asleepMillis,
            long awakeSince,
            long awayMillis,
            long stepMillis) {
        /**
         * When, as elapsed, something was that was noted since the look before. What was noted before a sleep and what was
         * noted after it are told apart by the wall clock alone, within what the others allow.
         */
        long when(long notedNanos, long notedWallMillis) {
            long least = Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos - notedNanos));
            long age = asleepMillis == 0
                    ? least
                    : Math.min(Math.max(wallMillis - notedWallMillis, least), least + asleepMillis);
            return millis - age;
        }

        /** What the wall clock showed, or would have, so that all ages agree with it as it is set now. */
        long wallAt(long elapsedMillis) {
            return wallMillis - (millis - elapsedMillis);
        }
    }

    Moment last() {
        return last;
    }

    /** The start of the process, when it was away for so long before. */
    Moment startedAfter(long awayMillis) {
        last = new Moment(0, last.wallMillis, nanosAtStart, last.bootMillis, 0, 0, awayMillis, 0);
        return last;
    }

    Moment look() {
        long nanos = clock.nanos();
        long boot = clock.bootNanos();
        long ahead = boot - nanos - aheadAtStart;
        long before = asleepNanos;
        // also corrected downwards: a pause between the two readings looks like sleep until the next look
        if (Math.abs(ahead - asleepNanos) > SLACK_NANOS) {
            asleepNanos = Math.max(0, ahead);
        }
        long millis = Math.max(last.millis, TimeUnit.NANOSECONDS.toMillis(nanos - nanosAtStart + asleepNanos));
        long wall = clock.wallMillis();
        long passed = millis - last.millis;
        long step = wall - last.wallMillis - passed;
        boolean wasAway = passed > AWAKE_MILLIS_MAX;
        last = new Moment(
                millis,
                wall,
                nanos,
                bootMillis(boot),
                Math.max(0, TimeUnit.NANOSECONDS.toMillis(asleepNanos - before)),
                wasAway ? millis : last.awakeSince,
                wasAway ? passed : last.awayMillis,
                Math.abs(step) >= STEP_MILLIS_MIN ? step : 0);
        return last;
    }

    private static long bootMillis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
