package io.headgate.alert;

import io.headgate.alert.Elapsed.Moment;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the silence of one flow is one that its own history makes practically impossible, long before the limit.
 *
 * <p>It fires when so long a silence would come about by itself on fewer than one day in a million: for independent leads
 * that is {@code exp(-expected)} for one silence, times as many silences as a day has. Counted is only time in which leads
 * could be taken and the clock was not set. A lead ends it, and so does the limit, whose alert says more.
 *
 * <p>Belongs to the loop of the alerting, but for {@link #usualAnHour} and {@link #fires}.
 */
final class UnusualWatch {
    private static final double CHANCE_MAX = 1e-6;
    /** Smaller ones are only figures. */
    private static final double CHANCE_TOLD_MIN = 1e-15;

    private static final long SILENCE_MILLIS_MIN = 60_000;
    private static final int HOURS_A_DAY = 24;

    private final Flow flow;
    private final Confirmation confirmation;
    private @Nullable UsualRate rate;
    private @Nullable Page page;
    /** The lead after which it fired. */
    private @Nullable LastSeen firedAfter;
    /** The figures that it fired with, or larger ones since. */
    private Figures told = Figures.NONE;

    private boolean toldWell;
    private volatile boolean fires;
    private volatile double usualAnHour;

    /** The figures of one silence. */
    private record Figures(long millis, double expected) {
        static final Figures NONE = new Figures(1, 0);

        double perHour() {
            return expected * UsualRate.HOUR_MILLIS / millis;
        }

        double chance() {
            return Math.exp(-expected) * Math.max(1, HOURS_A_DAY * perHour());
        }

        boolean unusual() {
            return millis >= SILENCE_MILLIS_MIN && chance() < CHANCE_MAX;
        }

        List<String> spoken(double usualAnHour) {
            return List.of(
                    String.format(
                            Locale.ROOT,
                            "Usual at this hour of the week are %.1f leads an hour, counting a bunch as one; in this silence"
                                    + " %.1f should have come.",
                            usualAnHour,
                            expected),
                    String.format(
                            Locale.ROOT,
                            "The chance of such a silence on any one day is %.0e.",
                            Math.max(CHANCE_TOLD_MIN, chance())));
        }
    }

    UnusualWatch(Flow flow, Sharing sharing) {
        this.flow = flow;
        this.confirmation = new Confirmation(sharing);
    }

    Flow flow() {
        return flow;
    }

    @Nullable
    UsualRate rate() {
        return rate;
    }

    /** What was learned before. */
    void restore(UsualRate learned, int slot) {
        rate = learned;
        usualAnHour = learned.anHour(slot);
    }

    /** A lead came here. */
    void lead(long at) {
        if (rate == null) {
            rate = new UsualRate();
        }
        rate.lead(at);
    }

    /** An hour gives way to another. */
    void hour(int ended, boolean seenWhole, int begins, boolean fromItsBeginning, long at) {
        if (rate == null) {
            return;
        }
        if (seenWhole) {
            rate.hourEnds(ended, at);
        }
        if (fromItsBeginning) {
            rate.hourBegins(at);
        }
        usualAnHour = rate.anHour(begins);
    }

    /** @param since from when on leads could be taken and the clock was not set, as elapsed */
    void look(Moment now, long since, Bell bell) {
        LastSeen last = flow.last();
        if (!flow.observed()) {
            well("its silence is no longer watched by itself", bell);
        } else if (flow.state() == FlowState.SILENT) {
            well("the limit is reached, which LeadFlowStopped tells", bell);
        } else if (last != null) {
            look(now, last, since, bell);
        }
    }

    /** Told when nothing of it is watched. */
    void off(Bell bell) {
        well("unusual silences are no longer told", bell);
    }

    private void look(Moment now, LastSeen last, long since, Bell bell) {
        Figures figures = figures(now, last, since);
        if (last.equals(firedAfter)) {
            tell(now, figures, bell);
        } else if (figures.unusual()) {
            if (confirmation.given(now) && last.equals(flow.last())) {
                firedAfter = last;
                told = figures;
                tell(now, figures, bell);
            }
        } else if (last.at() >= 0) {
            // what fired before the process started is over only with a lead since
            well("leads are accepted again", bell);
        }
    }

    private void tell(Moment now, Figures figures, Bell bell) {
        toldWell = false;
        fires = true;
        if (figures.expected() > told.expected()) {
            told = figures;
        }
        page = Page.unusual(flow, now, page, () -> told.spoken(usualAnHour));
        page.tell(AlertName.LEAD_FLOW_UNUSUAL, Priority.P1, flow, bell);
    }

    private Figures figures(Moment now, LastSeen last, long since) {
        long from = Math.max(last.at(), since);
        long millis = Math.max(1, now.millis() - from);
        if (rate == null || !rate.known() || millis < SILENCE_MILLIS_MIN) {
            return new Figures(millis, 0);
        }
        return new Figures(millis, rate.expected(now.wallAt(from), now.wallMillis()));
    }

    private void well(String reason, Bell bell) {
        confirmation.forget();
        page = null;
        firedAfter = null;
        fires = false;
        if (!toldWell) {
            bell.well(AlertName.LEAD_FLOW_UNUSUAL, flow.source(), reason);
            toldWell = true;
        }
    }

    /** Whether it is told. */
    boolean fires() {
        return fires;
    }

    /** What is usual at this hour of the week; empty while that is not known. */
    OptionalDouble usualAnHour() {
        return usualAnHour > 0 ? OptionalDouble.of(usualAnHour) : OptionalDouble.empty();
    }
}
