package io.headgate.loadtest;

import io.headgate.load.Status;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What gateway, Redis and the load test say of themselves at one moment. What did not come is empty: it is not 0.
 *
 * @param nanos the moment, of {@link System#nanoTime}
 * @param redis CPU time of Redis and its children
 * @param client CPU time of the load test itself
 */
record Reading(
        long nanos, Optional<Stand> stand, Optional<Vitals> gateway, Optional<Spent> redis, Optional<Spent> client) {

    private static final double MEBIBYTE = 1 << 20;
    private static final Set<String> REDIS_CPU =
            Set.of("used_cpu_sys", "used_cpu_user", "used_cpu_sys_children", "used_cpu_user_children");

    /** Seconds spent since a process started, and the moment at which it told of them. */
    record Spent(double seconds, long nanos) {}

    /** The status page, as far as it is sampled. */
    record Stand(String mode, long backlog) {
        static Stand of(Status page) throws IOException {
            if (page.mode() == null) {
                throw new IOException("a status page without a mode");
            }
            return new Stand(page.mode(), page.backlog());
        }
    }

    /**
     * The metrics, as far as they are sampled.
     *
     * @param cpu CPU time
     * @param pauses of the garbage collector
     * @param longestPauseMillis of the last minutes: metrics forget it only slowly
     * @param files open, its clients' connections aside, for how many those are is the clients' doing; 0 where the
     *     gateway does not tell
     */
    record Vitals(Spent cpu, double heapMiB, Spent pauses, double longestPauseMillis, long files) {
        /** Reads a page; without CPU time and heap it is none of a gateway. */
        static Vitals of(String page, long nanos) throws IOException {
            Metrics metrics = new Metrics(page);
            OptionalDouble cpu = metrics.sum("process_cpu_seconds_total", "");
            OptionalDouble heap = metrics.sum("jvm_memory_used_bytes", "area=\"heap\"");
            if (cpu.isEmpty() || heap.isEmpty()) {
                throw new IOException("metrics without CPU time or heap");
            }
            return new Vitals(
                    new Spent(cpu.getAsDouble(), nanos),
                    heap.getAsDouble() / MEBIBYTE,
                    new Spent(pauses(metrics), nanos),
                    longestPause(metrics) * 1_000,
                    files(metrics));
        }

        private static long files(Metrics metrics) {
            double open = metrics.sum("process_files_open_files", "").orElse(0);
            return (long) Math.max(
                    0, open - metrics.sum("headgate_http_connections", "").orElse(0));
        }

        /**
         * Newer JDKs tell of the two short pauses in G1's concurrent cycle, and Micrometer has them among the concurrent
         * phases, where their action calls them a pause. ZGC's cycles stand under the same name and are none.
         */
        private static double pauses(Metrics metrics) {
            return metrics.sum("jvm_gc_pause_seconds_sum", "").orElse(0)
                    + metrics.sum("jvm_gc_concurrent_phase_time_seconds_sum", " pause\"")
                            .orElse(0);
        }

        private static double longestPause(Metrics metrics) {
            return Math.max(
                    metrics.max("jvm_gc_pause_seconds_max", "").orElse(0),
                    metrics.max("jvm_gc_concurrent_phase_time_seconds_max", " pause\"")
                            .orElse(0));
        }
    }

    /** Redis's CPU time in the section {@code cpu} of its INFO. */
    static Spent redisCpu(String info, long nanos) throws IOException {
        OptionalDouble seconds = info.lines()
                .map(line -> line.strip().split(":", 2))
                .filter(field -> field.length == 2 && REDIS_CPU.contains(field[0]))
                .mapToDouble(field -> Double.parseDouble(field[1]))
                .reduce(Double::sum);
        if (seconds.isEmpty()) {
            throw new IOException("an INFO without CPU time");
        }
        return new Spent(seconds.getAsDouble(), nanos);
    }
}
