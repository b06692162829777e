package io.headgate.load;

import java.util.function.Predicate;

/** The gateway's heap as its metrics tell it: the largest of all samples, and the lowest of late. Owned by one thread. */
final class Heap {
    private static final double MEBIBYTE = 1 << 20;

    private double used;
    private double live;
    private double lowest = Double.MAX_VALUE;

    /** Looks once; a page that does not come counts for nothing. */
    void sample(Client client) throws InterruptedException {
        String page = client.page("/metrics");
        double now = sum(page, line -> line.startsWith("jvm_memory_used_bytes{") && line.contains("area=\"heap\""));
        used = Math.max(used, now);
        lowest = now > 0 ? Math.min(lowest, now) : lowest;
        live = Math.max(live, sum(page, line -> line.startsWith("jvm_gc_live_data_size_bytes")));
    }

    /** The lowest sample since this was asked last, in MiB: about what was in use after a collection. */
    double floorMebibytes() {
        double floor = lowest / MEBIBYTE;
        lowest = Double.MAX_VALUE;
        return floor;
    }

    /** {@code live} is what a collection of the whole heap left; 0 when there was none. */
    @Override
    public String toString() {
        return "heap_used_largest_mib=%.0f heap_live_largest_mib=%.0f".formatted(used / MEBIBYTE, live / MEBIBYTE);
    }

    private static double sum(String page, Predicate<String> wanted) {
        return page.lines()
                .filter(wanted)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
