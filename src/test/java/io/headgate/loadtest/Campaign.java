package io.headgate.loadtest;

import io.headgate.load.Status;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A scenario from its first request to its report. Serves once. */
final class Campaign {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int AWAY_AFTER_SECONDS = 30;
    private static final int AWAY_SECONDS = 30;
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
    private volatile boolean over;

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
        GatewayAt gateway = subject.gateway();
        Baseline before = Baseline.of(gateway);
        Sampler sampler = new Sampler(gateway, timings, System.out);
        System.out.printf(Locale.ROOT, "%s seed=%d %s%n", scenario.title(), seed, load());
        Thread director = new Thread(() -> direct(sampler), "director");
        director.start();
        int status = simulate(out);
        over = true;
        director.join();
        List<Sample> samples = sampler.stop();
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("Gatling ran to its end", status == 0, "exit code " + status));
        checks.add(new StoreThenAnswer(gateway, run, ledger).check());
        checks.addAll(new Judge(gateway, plan, ledger, before).checks());
        if (scenario == Scenario.OUTAGE) {
            checks.add(Trends.outage(samples));
        }
        if (scenario == Scenario.SOAK) {
            checks.addAll(Trends.flat(samples));
        }
        Report report = report(began, sampler, checks, samples);
        Path page = ReportFiles.write(out, report);
        print(report, page);
        return report.passed();
    }

    /** Lets Gatling post; its exit code. */
    private int simulate(Path out) {
        GatewaySimulation.next(run);
        return io.gatling.app.Gatling$.MODULE$.fromArgs(
                new String[] {"--simulation", GatewaySimulation.class.getName(), "--results-folder", out.toString()});
    }

    /** Waits for the first request, tells the sampler when the warm-up is over, and breaks what is to be broken. */
    private void direct(Sampler sampler) {
        while (!run.begun() && !over) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        long began = System.nanoTime();
        sampler.start();
        await(began + shape.warmUp() * SECOND);
        sampler.measure();
        if (scenario == Scenario.OUTAGE && subject.breakable()) {
            long away = began + (shape.warmUp() + Math.min(AWAY_AFTER_SECONDS, shape.seconds() / 4)) * SECOND;
            await(away);
            System.out.println("Redis is killed");
            subject.breakRedis();
            await(away + Math.min(AWAY_SECONDS, shape.seconds() / 4) * SECOND);
            System.out.println("Redis is started");
            subject.mendRedis();
        }
    }

    private void await(long nanos) {
        while (!over && System.nanoTime() < nanos) {
            LockSupport.parkNanos(Math.min(LOOK_NANOS, nanos - System.nanoTime()));
        }
    }

    private Report report(Instant began, Sampler sampler, List<Check> checks, List<Sample> samples) throws IOException {
        Report.Load load = loaded();
        Status status = subject.gateway().status();
        boolean appendOnly =
                status.json().getJsonObject("redis").getJsonObject("server").getBoolean("append_only");
        return new Report(
                Report.FORMAT,
                scenario.title(),
                seed,
                began.toString(),
                machine(status),
                load,
                timings.answered(),
                timings.corrected(),
                sampler.costs(),
                checks,
                Aims.of(scenario, load, timings.corrected(), sampler.costs(), appendOnly),
                samples);
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
        machine.put(
                "redis",
                status.json().getJsonObject("redis").getJsonObject("server").encode());
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
        if (!report.passed() && !subject.keep().isEmpty()) {
            System.out.println("kept for a look: " + subject.keep());
        }
    }
}
