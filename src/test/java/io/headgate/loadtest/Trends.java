package io.headgate.loadtest;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What must hold of the samples of a run, beside the books. */
final class Trends {
    private static final int FILES_MORE = 20;
    private static final double HEAP_MORE_MIB = 16;
    private static final double HEAP_MORE = 1.25;
    private static final int SAMPLES_MIN = 120;

    private Trends() {}

    /**
     * Heap and file handles do not grow: the least heap in use in the last quarter of the measured samples, which is what a
     * collection leaves, is at most 25 % and 16 MiB above that of the second one, and the least open files, the clients' connections aside, at
     * most 20 more.
     * Fewer than 120 samples that know the heap say nothing of growth, and fail.
     */
    static List<Check> flat(List<Sample> samples) {
        List<Sample> known = samples.stream()
                .filter(sample -> sample.second() >= 0 && sample.heapMiB() > 0)
                // when the last user is gone, so are the connections
                .filter(sample -> sample.eventsPerSecond() > 0)
                .toList();
        if (known.size() < SAMPLES_MIN) {
            return List.of(new Check(
                    "flat heap and file handles",
                    false,
                    "measured samples: %d, fewer than %d, in which nothing can be seen to grow"
                            .formatted(known.size(), SAMPLES_MIN)));
        }
        int quarter = known.size() / 4;
        double heapThen = least(known.subList(quarter, 2 * quarter), Sample::heapMiB);
        double heapNow = least(known.subList(3 * quarter, known.size()), Sample::heapMiB);
        double filesThen = least(known.subList(quarter, 2 * quarter), Sample::files);
        double filesNow = least(known.subList(3 * quarter, known.size()), Sample::files);
        return List.of(
                new Check(
                        "flat heap",
                        heapNow <= heapThen * HEAP_MORE + HEAP_MORE_MIB,
                        String.format(
                                Locale.ROOT,
                                "least in use: second quarter %.1f MiB, last %.1f MiB",
                                heapThen,
                                heapNow)),
                new Check(
                        "flat file handles",
                        filesThen > 0 && filesNow <= filesThen + FILES_MORE,
                        String.format(Locale.ROOT, "least open: second quarter %.0f, last %.0f", filesThen, filesNow)));
    }

    private static double least(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return samples.stream().mapToDouble(figure).min().orElse(0);
    }
}
