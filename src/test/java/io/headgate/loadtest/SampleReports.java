package io.headgate.loadtest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports of runs that never were, for tests. */
final class SampleReports {
    private SampleReports() {}

    /** Two minutes after ten seconds of warm-up, with Redis away from 45 to 75: all that a page has to show. */
    static Report outage() {
        return report(
                "outage",
                7,
                List.of(
                        new Check("sent = answered", true, "1,200,000 events in 24,000 requests, all answered"),
                        new Check(
                                "accepted on the streams exactly once",
                                true,
                                "1,200,000 accepted, 1,200,000 on the streams, 0 twice"),
                        new Check(
                                "the books balance", true, "received 1,200,000 = accepted 1,200,000 + 0 + 0 + 0 + 0")),
                samples());
    }

    static Report report(String scenario, long seed, List<Check> checks, List<Sample> samples) {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("cores", "2");
        machine.put("java", "17.0.15, G1, -Xmx1g");
        machine.put("redis", "6.2.11, appendfsync always");
        return new Report(
                Report.FORMAT,
                scenario,
                seed,
                "2026-11-21T10:00:00Z",
                machine,
                new Report.Load(120, 24_000, 1_200_000, 0, 200, 10_000, 1_200_000, 0, 0, 302_150),
                new Report.Times(1.2, 2.6, 9.1, 31.5, 48.2),
                new Report.Times(1.3, 2.9, 12.4, 38.0, 61.7),
                new Report.Costs(3.4, 7.1, 0.034, 0.071, 0.21, 301.2, 41.8, 310, 14, 302_150, 61, 62),
                checks,
                List.of(new Check("p99 below 50 ms", true, "12.400")),
                samples);
    }

    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        double backlog = 0;
        for (int second = -9; second <= 120; second++) {
            boolean away = second > 45 && second <= 75;
            backlog = away ? backlog + 10_000 : Math.max(0, backlog - 12_000);
            String mode = away ? "journal" : backlog > 0 ? "draining" : "stream";
            double wave = Math.sin(second * 1.7) + Math.sin(second * 0.37);
            boolean jump = second == 46;
            samples.add(new Sample(
                    second,
                    second < 0 ? 2_000 + 800 * (second + 9) : 10_000 + 120 * wave,
                    away ? 3.1 + wave / 3 : 1.2 + wave / 10,
                    jump ? 48 : away ? 9 + wave : second < -5 ? 80 + 10 * second : 3.4 + wave / 2,
                    0,
                    mode,
                    (long) backlog,
                    second < 0
                            ? 0.5 + second * -0.08
                            : away ? 0.12 : mode.equals("draining") ? 0.19 : 0.09 + wave / 100,
                    away ? 0 : mode.equals("draining") ? 0.34 : 0.13 + wave / 100,
                    60 + (second + 9) % 16 * 14.0 + 4 * wave,
                    (second + 9) % 16 == 0 ? 9 + wave : 0,
                    away ? 66 : 61));
        }
        return samples;
    }
}
