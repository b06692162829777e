package io.headgate.alert;

import java.util.concurrent.TimeUnit;

/**
 * How often leads usually come in one flow, by hour of the week (UTC; 0 is Monday 0:00 to 1:00), and how many should have
 * come in a silence.
 *
 * <p>What is learned from an hour are its <em>independent</em> leads. Leads of one second count as one, for batches bring
 * many. When the hour's longest silence is longer than so many leads leave by chance, they came in bunches, and only so many
 * count as would leave it: of a queue that is emptied in the first minute of each hour, one. Each slot of the week is a
 * moving mean over some four weeks.
 *
 * <p>Belongs to the loop of the alerting.
 */
final class UsualRate {
    static final int SLOTS = 168;
    static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);

    static final int WEEKS = 4;
    private static final int DAY_HOURS = 24;
    private static final int LATELY_HOURS = 3;
    /** From Monday to Thursday, which 1 January 1970 was. */
    private static final int MONDAY = 72;

    private static final double EULER = 0.5772;
    private static final int ROUNDS = 20;

    private final float[] means;
    /** How many weeks a slot's mean is of; {@value #WEEKS} at most. */
    private final byte[] weeks;
    /** Hours that were learned from, {@value #SLOTS} at most. */
    private int hours;

    private Recent day;
    private Recent lately;

    /** Whether the running hour was seen from its beginning. */
    private boolean whole;

    private long hourFrom;
    private long lastSecond = -1;
    private int seconds;
    private long quietFrom;
    private long longestMillis;
    /** The share of the usual that came before the last lead, so that a holiday does not count as silence. */
    private double level = 1;

    /** What outlives the process; the arrays are the receiver's own. */
    @SuppressWarnings("ArrayRecordComponent")
    record Learned(float[] means, byte[] weeks, int hours, Recent day, Recent lately) {}

    /** What came and what was usual, as a fading sum over some hours. */
    record Recent(double came, double usual) {
        static final Recent NONE = new Recent(0, 0);

        private static final int HARDLY_ANY = 3;

        Recent and(double x, double mean, int hours) {
            return new Recent(came + x - came / hours, usual + mean - usual / hours);
        }

        /** The share of the usual that came; 1 at most, for more is no reason to be quicker, and of hardly any nearly so. */
        double share() {
            return Math.min(1, (came + HARDLY_ANY) / (usual + HARDLY_ANY));
        }
    }

    UsualRate() {
        this(new Learned(new float[SLOTS], new byte[SLOTS], 0, Recent.NONE, Recent.NONE));
    }

    UsualRate(Learned learned) {
        this.means = learned.means();
        this.weeks = learned.weeks();
        this.hours = learned.hours();
        this.day = learned.day();
        this.lately = learned.lately();
        this.level = levelNow();
    }

    Learned learned() {
        return new Learned(means.clone(), weeks.clone(), hours, day, lately);
    }

    /** A lead came at this moment, as elapsed. */
    void lead(long at) {
        long second = Math.floorDiv(at, 1000);
        if (second > lastSecond) {
            lastSecond = second;
            seconds++;
        }
        quiet(at);
        level = levelNow();
    }

    /** An hour begins at this moment, as elapsed. */
    void hourBegins(long at) {
        whole = true;
        hourFrom = at;
        quietFrom = at;
        seconds = 0;
        longestMillis = 0;
    }

    /** An hour ends that was seen from end to end, unless the first lead of all came in the midst of it. */
    void hourEnds(int slot, long at) {
        if (whole) {
            quiet(at);
            learn(slot, independent(seconds, (double) longestMillis / Math.max(1, at - hourFrom)));
        }
    }

    private void learn(int slot, double x) {
        double mean = weeks[slot] == 0 ? x : means[slot];
        day = day.and(x, mean, DAY_HOURS);
        lately = lately.and(x, mean, LATELY_HOURS);
        weeks[slot] = (byte) Math.min(WEEKS, weeks[slot] + 1);
        means[slot] += (float) ((x - means[slot]) / weeks[slot]);
        hours = Math.min(SLOTS, hours + 1);
    }

    /** Whether there is at least a week of history. */
    boolean known() {
        return hours >= SLOTS;
    }

    /**
     * How many independent leads are usual in an hour: the least of it and its neighbours, so that neither summer time nor
     * a site that opens later counts as silence. 0 while one of the three has never been seen.
     */
    double anHour(int slot) {
        double least = Double.MAX_VALUE;
        for (int i = -1; i <= 1; i++) {
            int each = Math.floorMod(slot + i, SLOTS);
            least = Math.min(least, weeks[each] == 0 ? 0 : means[each]);
        }
        return least;
    }

    /**
     * How many should have come between two moments, in milliseconds since 1970, on a day like the one before the last
     * lead. More than a week of silence says no more than a week.
     */
    double expected(long fromMillis, long toMillis) {
        double sum = 0;
        long from = Math.max(fromMillis, toMillis - SLOTS * HOUR_MILLIS);
        while (from < toMillis) {
            long hour = Math.floorDiv(from, HOUR_MILLIS);
            long to = Math.min(toMillis, (hour + 1) * HOUR_MILLIS);
            sum += anHour(slot(hour)) * (to - from) / HOUR_MILLIS;
            from = to;
        }
        return sum * level;
    }

    /** The slot of an hour, counted from 1970. */
    static int slot(long hour) {
        return Math.toIntExact(Math.floorMod(hour + MONDAY, (long) SLOTS));
    }

    private double levelNow() {
        return Math.min(day.share(), lately.share());
    }

    private void quiet(long at) {
        longestMillis = Math.max(longestMillis, at - quietFrom);
        quietFrom = Math.max(quietFrom, at);
    }

    /**
     * Of {@code n} leads that came in a span, how many are independent by the longest silence in it, given as its share of
     * the span. That of k independent ones is about (ln k + 0.58) / k.
     */
    static double independent(int n, double longest) {
        if (n == 0) {
            return 0;
        }
        double k = 1 / longest;
        for (int i = 0; i < ROUNDS; i++) {
            k = Math.max(1, (Math.log(k) + EULER) / longest);
        }
        return Math.min(n, k);
    }
}
