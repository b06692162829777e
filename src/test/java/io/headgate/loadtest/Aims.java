package io.headgate.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures that a scenario is meant to reach, on two cores that generator and Redis share. They are told and never
 * decide the verdict: speed depends on the machine, balance does not.
 */
final class Aims {
    private static final double BRIEF_P99_MILLIS = 10;
    private static final double BRIEF_CORES = 0.1;
    private static final double OUTAGE_P99_MILLIS = 50;
    private static final double CEILING = 100_000;
    private static final double SHARE_OF_REDIS = 0.5;

    private Aims() {}

    /**
     * What was reached, and what was not.
     *
     * @param appendOnly whether Redis keeps an append-only file, which the ceiling is not meant for
     */
    static List<Check> of(
            Scenario scenario, Report.Load load, Report.Times corrected, Report.Costs costs, boolean appendOnly) {
        List<Check> aims = new ArrayList<>();
        aims.add(new Check("no failed request", load.failed() == 0, Long.toString(load.failed())));
        switch (scenario) {
            case BRIEF -> {
                aims.add(below("p99 below 10 ms", corrected.p99(), BRIEF_P99_MILLIS));
                aims.add(below("gateway below 10 % of a core", costs.gatewayCores(), BRIEF_CORES));
            }
            case BATCHES -> {
                if (!appendOnly) {
                    aims.add(new Check(
                            "100,000 events/s and more",
                            load.eventsPerSecond() >= CEILING,
                            text(load.eventsPerSecond())));
                }
                aims.add(below(
                        "CPU an event: half of Redis's",
                        costs.gatewayMicrosPerEvent() / costs.redisMicrosPerEvent(),
                        SHARE_OF_REDIS));
            }
            case OUTAGE -> aims.add(below("p99 below 50 ms", corrected.p99(), OUTAGE_P99_MILLIS));
            case MIXED, SOAK -> {
                // theirs is the verdict
            }
        }
        return aims;
    }

    /** A figure of 0, or none, is one that is not known. */
    private static Check below(String name, double figure, double limit) {
        return new Check(name, figure > 0 && figure <= limit, text(figure));
    }

    private static String text(double figure) {
        return String.format(Locale.ROOT, "%,.3f", figure);
    }
}
