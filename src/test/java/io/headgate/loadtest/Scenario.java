package io.headgate.loadtest;

import java.util.Locale;

/** What is posted, and how it arrives, unless options say otherwise. */
@SuppressWarnings("ImmutableEnumChecker") // a record of numbers, and an array that nobody is given
enum Scenario {
    /** The brief's load: 10,000 leads in 60 s, one a request, whatever the answers do. */
    BRIEF(new Shape(true, false, 10_000 / 60.0, 0, 30, 60), 1),
    /** Batches as fast as they are answered, by more users than keep Redis busy. */
    BATCHES(new Shape(false, false, 0, 48, 20, 60), 50),
    /** Single events and batches; of ten events one is invalid and one a duplicate; half of the bodies are compressed. */
    MIXED(new Shape(false, true, 400, 0, 10, 60), 1, 50, 1, 20),
    /** A steady load for an hour. */
    SOAK(new Shape(false, true, 200, 0, 30, 3_600), 10),
    /** Redis killed under a steady load, and started again 30 s later. */
    OUTAGE(new Shape(false, false, 200, 0, 15, 120), 10);

    final Shape shape;
    private final int[] cycle;

    Scenario(Shape shape, int... cycle) {
        this.shape = shape;
        this.cycle = cycle;
    }

    /**
     * How it arrives.
     *
     * @param leadsOnly whether all events are leads
     * @param mixed whether some are invalid, some sent again, some compressed
     * @param requestsPerSecond that arrive whatever the answers do; 0: as fast as they are answered
     * @param users that post one request after the other, all of them after two thirds of the warm-up; 0 with a rate
     * @param warmUp seconds, not measured
     * @param seconds measured
     */
    record Shape(boolean leadsOnly, boolean mixed, double requestsPerSecond, int users, int warmUp, int seconds) {
        Shape {
            if ((requestsPerSecond > 0) == (users > 0) || requestsPerSecond < 0 || users < 0) {
                throw new IllegalArgumentException("either a rate or users: " + requestsPerSecond + ", " + users);
            }
            if (warmUp < 0 || seconds < 1) {
                throw new IllegalArgumentException("at least one second: " + seconds + " after " + warmUp);
            }
        }

        boolean open() {
            return users == 0;
        }
    }

    /** Events a request, over and over. */
    int[] cycle() {
        return cycle.clone();
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
