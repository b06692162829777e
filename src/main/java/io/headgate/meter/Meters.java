package io.headgate.meter;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;

/**
 * The register of everything that is counted, and its page for Prometheus. Names start with {@code headgate_}; labels
 * come as pairs of name and value, both from closed sets. Safe for use by any thread.
 */
public final class Meters implements AutoCloseable {
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10)
    };

    /** Of the library's own those that Prometheus takes amiss: a count that is a gauge, and nanoseconds. */
    private static final Set<String> AMISS = Set.of("system.cpu.count", "process.cpu.time");

    private final PrometheusMeterRegistry registry = registry();
    /** Micrometer holds what a count is read from by a weak reference only; once collected it would read as 0. */
    private final Queue<Object> kept = new ConcurrentLinkedQueue<>();

    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Books books = new Books();
    private final Tally requestsRefused =
            tally("headgate_http_requests_refused", "Requests that were refused without a verdict");

    public Meters() {
        gc.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        count("process_cpu_seconds", "CPU time that the process has used", () -> cpuNanos() / 1e9);
        for (Books.Line line : Books.Line.values()) {
            count("headgate_events_" + line.wire(), line.help(), () -> books.read()
                    .get(line));
        }
        gauge("headgate_events_in_progress", "Events received and not yet answered", () -> books.read()
                .inProgress());
    }

    private static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(MeterFilter.deny(id -> AMISS.contains(id.getName())));
        return registry;
    }

    /** Requests that the door refused without a verdict: a wrong key, a limit, a broken body, nowhere to store. */
    public Tally requestsRefused() {
        return requestsRefused;
    }

    /** The books of this process. */
    public Books books() {
        return books;
    }

    /** A new count under this name, or a further one under the same name with other label values. */
    public Tally tally(String name, String help, String... labels) {
        Tally tally = new Tally();
        kept.add(tally);
        FunctionCounter.builder(name, tally, Tally::value)
                .description(help)
                .tags(labels)
                .register(registry);
        return tally;
    }

    /** A count that its owner keeps elsewhere and that only rises. */
    public void count(String name, String help, DoubleSupplier value, String... labels) {
        kept.add(value);
        FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble)
                .description(help)
                .tags(labels)
                .register(registry);
    }

    /** A value that may rise and fall, read when the page is asked for. */
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(help)
                .tags(labels)
                .strongReference(true)
                .register(registry);
    }

    /** A new distribution of durations under this name. */
    public Timing timing(String name, String help, String... labels) {
        return new Timing(Timer.builder(name)
                .description(help)
                .tags(labels)
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /** All of it in Prometheus's text format 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
