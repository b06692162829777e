package io.headgate.loadtest;

import io.headgate.load.Status;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A scenario from its first request to its report. Serves once. */
final class Campaign {
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Scenario scenario;
    private final Scenario.Shape shape;
    private final int[] cycle;
    private final long seed;
    private final Subject subject;
    private final String description;
    private final Plan plan;
    private final Ledger ledger;
    private final Timings timings = new Timings();
    private final Run run;

    Campaign(Scenario scenario, Scenario.Shape shape, int[] cycle, long seed, Subject subject, String description) {
        this.scenario = scenario;
        this.shape = shape;
        this.cycle = cycle.clone();
        this.seed = seed;
        this.subject = subject;
        this.description = description;
        this.plan = new Plan(seed, shape, cycle, subject.sources());
        this.ledger = new Ledger(plan);
        this.run = new Run(scenario.title(), shape, subject.door(), plan, ledger, timings);
    }

    /** Runs it, prints the verdict, and writes the reports; whether it passed. */
    boolean run(Path folder) throws IOException, InterruptedException {
        Instant began = Instant.now();
        Path out =
                folder != null ? folder : Path.of("target", "loadtest", scenario.title() + "-" + FOLDER.format(began));
        Files.createDirectories(out);
        Baseline before = Baseline.of(subject.gateway());
        System.out.printf(Locale.ROOT, "%s seed=%d %s%n", scenario.title(), seed, load());
        Sampler sampler = new Sampler(subject.gateway(), timings, System.out);
        try {
            Director director = new Director(run, sampler, subject, scenario == Scenario.OUTAGE);
            director.start();
            Check posted = posted(out, director);
            List<Sample> samples = sampler.stop();
            List<Check> checks = new ArrayList<>();
            checks.add(posted);
            checks.addAll(verdict(before));
            if (scenario == Scenario.OUTAGE) {
                checks.add(director.outage(samples));
            }
            if (scenario == Scenario.SOAK) {
                checks.addAll(Trends.flat(samples));
            }
            Report report = report(began, before.status(), sampler.costs(), checks, samples);
            print(report, ReportFiles.write(out, report));
            return report.passed();
        } finally {
            sampler.close();
        }
    }

    /** At rest first: what is still on its way would look like an answer's events. */
    private List<Check> verdict(Baseline before) {
        Judge judge = new Judge(subject.gateway(), plan, ledger, before);
        judge.awaitRest();
        List<Check> checks = new ArrayList<>();
        checks.add(new StoreThenAnswer(
                        subject.gateway(), run, plan, ledger, before.streams().size())
                .check());
        checks.addAll(judge.checks());
        return checks;
    }

    /**
     * Lets Gatling post; whether it posted what it was to, each request once. It posts again by itself what was on a
     * connection that broke without an answer, which the ledger would not know.
     */
    private Check posted(Path out, Director director) throws InterruptedException {
        try (Reposts again = new Reposts()) {
            int exit = simulate(out);
            boolean all = shape.open() ? run.posted() == run.planned() : run.over();
            return new Check(
                    "all posted, and once",
                    exit == 0 && all && again.count() == 0,
                    "requests=%d planned=%s posted_again_without_answer=%d gatling_exit_code=%d"
                            .formatted(
                                    run.posted(),
                                    shape.open() ? Long.toString(run.planned()) : "-",
                                    again.count(),
                                    exit));
        } finally {
            director.end();
        }
    }

    /** Lets Gatling post; its exit code. */
    private int simulate(Path out) {
        GatewaySimulation.next(run);
        return io.gatling.app.Gatling$.MODULE$.fromArgs(
                new String[] {"--simulation", GatewaySimulation.class.getName(), "--results-folder", out.toString()});
    }

    private Report report(Instant began, Status status, Report.Costs costs, List<Check> checks, List<Sample> samples) {
        Report.Load load = loaded();
        return new Report(
                Report.FORMAT,
                scenario.title(),
                seed,
                began.toString(),
                machine(status),
                load,
                timings.answered(),
                timings.corrected(),
                costs,
                checks,
                Aims.of(
                        scenario,
                        load,
                        timings.corrected(),
                        costs,
                        server(status).getBoolean("append_only", true)),
                samples);
    }

    /** What the gateway told of its Redis before the run; empty where it did not know it yet. */
    private static JsonObject server(Status status) {
        JsonObject server =
                status.json().getJsonObject("redis", new JsonObject()).getJsonObject("server");
        return server == null ? new JsonObject() : server;
    }

    private Report.Load loaded() {
        Ledger.Sums sums = ledger.sums();
        double seconds = timings.seconds();
        return new Report.Load(
                seconds,
                timings.requests(),
                timings.events(),
                timings.failed(),
                seconds == 0 ? 0 : timings.requests() / seconds,
                seconds == 0 ? 0 : timings.events() / seconds,
                sums.accepted(),
                sums.duplicate(),
                sums.rejected(),
                sums.journaled());
    }

    private Map<String, String> machine(Status status) {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("load", load());
        machine.put("gateway", status.json().getString("version") + " " + description);
        JsonObject server = server(status);
        machine.put(
                "redis",
                server.getString("version", "?") + ", append-only file: " + server.getValue("append_only", "?"));
        machine.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put("java", Runtime.version().toString());
        return machine;
    }

    private String load() {
        return String.format(
                Locale.ROOT,
                "%s, %s events a request, %d s after %d s of warm-up, %d sources",
                shape.open()
                        ? String.format(Locale.ROOT, "open: %.1f requests/s arrive", shape.requestsPerSecond())
                        : "closed: " + shape.users() + " users, each posts when it was answered",
                Arrays.toString(cycle),
                shape.seconds(),
                shape.warmUp(),
                subject.sources().size());
    }

    private static void line(String mark, Check check) {
        System.out.printf("%s  %-31s %s%n", mark, check.name(), check.detail());
    }

    private void print(Report report, Path page) {
        Report.Load load = report.load();
        Report.Costs costs = report.costs();
        System.out.printf(
                Locale.ROOT,
                "%n%s: %d requests, %d events in %.1f s: %.0f requests/s, %.0f events/s, failed %d%n",
                report.scenario(),
                load.requests(),
                load.events(),
                load.seconds(),
                load.requestsPerSecond(),
                load.eventsPerSecond(),
                load.failed());
        System.out.println("answered  ms: " + report.answered());
        System.out.println("corrected ms: " + report.corrected());
        System.out.printf(
                Locale.ROOT,
                "cpu: gateway %.2f us an event, %.3f cores; redis %.2f us, %.3f cores; client %.3f cores%n",
                costs.gatewayMicrosPerEvent(),
                costs.gatewayCores(),
                costs.redisMicrosPerEvent(),
                costs.redisCores(),
                costs.clientCores());
        for (Check check : report.checks()) {
            line(check.pass() ? "PASS" : "FAIL", check);
        }
        System.out.println("aims, which decide nothing:");
        for (Check aim : report.aims()) {
            line(aim.pass() ? "met " : "miss", aim);
        }
        System.out.printf("%s  report: %s%n", report.passed() ? "PASS" : "FAIL", page);
    }
}
