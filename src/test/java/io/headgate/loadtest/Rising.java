package io.headgate.loadtest;

import io.headgate.loadtest.Reading.Spent;
import java.util.Optional;

/**
 * Seconds spent by a process, whose count only rises; one that is smaller than before is that of a new process, and began
 * at zero. The first reading is where counting begins. Owned by one thread.
 */
final class Rising {
    private static final double NANOS_PER_SECOND = 1e9;

    private Spent last;
    private double total;

    /**
     * Seconds spent since the reading before.
     *
     * @param elapsed seconds between the two
     */
    record Rise(double seconds, double elapsed) {
        static final Rise NONE = new Rise(0, 0);

        /** Seconds spent in each second. */
        double perSecond() {
            return elapsed > 0 ? seconds / elapsed : 0;
        }
    }

    /** Counts on; a reading that is not there changes nothing, and the next one counts for its time too. */
    Rise read(Optional<Spent> reading) {
        if (reading.isEmpty()) {
            return Rise.NONE;
        }
        Spent now = reading.get();
        Spent before = last;
        last = now;
        if (before == null) {
            return Rise.NONE;
        }
        double seconds = now.seconds() - before.seconds();
        Rise rise = new Rise(seconds < 0 ? now.seconds() : seconds, (now.nanos() - before.nanos()) / NANOS_PER_SECOND);
        total += rise.seconds;
        return rise;
    }

    /** Of all rises since the last {@link #forget}. */
    double total() {
        return total;
    }

    void forget() {
        total = 0;
    }
}
