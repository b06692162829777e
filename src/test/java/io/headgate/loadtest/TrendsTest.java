package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What grows by more than the tolerance is told. */
class TrendsTest {
    private static final int SAMPLES = 120;
    /** 25 % and 16 MiB more than 64. */
    private static final double HEAP_MOST_MIB = 96;

    private static final int FILES_MOST = 120;

    @Test
    void heapAndFilesThatGrowByTheToleranceAreFlat() {
        assertThat(Trends.flat(growing(SAMPLES, HEAP_MOST_MIB, FILES_MOST))).allMatch(Check::pass);
    }

    @Test
    void heapThatGrowsByOneMoreIsNot() {
        assertThat(Trends.flat(growing(SAMPLES, HEAP_MOST_MIB + 1, FILES_MOST)))
                .filteredOn(check -> !check.pass())
                .extracting(Check::name)
                .containsExactly("flat heap");
    }

    @Test
    void filesThatGrowByOneMoreAreNot() {
        assertThat(Trends.flat(growing(SAMPLES, HEAP_MOST_MIB, FILES_MOST + 1)))
                .filteredOn(check -> !check.pass())
                .extracting(Check::name)
                .containsExactly("flat file handles");
    }

    @Test
    void fewerSamplesThanSayAnythingFail() {
        assertThat(Trends.flat(growing(SAMPLES - 1, 64, 100)))
                .singleElement()
                .matches(check -> !check.pass())
                .extracting(Check::detail)
                .asString()
                .contains("119, fewer than 120");
    }

    @Test
    void theWarmUpIsNoSample() {
        List<Sample> samples = IntStream.range(0, SAMPLES)
                .mapToObj(i -> sample(i - 1, 64, 100))
                .toList();

        assertThat(Trends.flat(samples)).singleElement().matches(check -> !check.pass());
    }

    @Test
    void whatACollectionWillFreeIsNoGrowth() {
        List<Sample> samples = IntStream.range(0, SAMPLES)
                .mapToObj(i -> sample(i, 64 + i % 10 * 100, 100))
                .toList();

        assertThat(Trends.flat(samples)).allMatch(Check::pass);
    }

    @Test
    void whatIsSampledWhenTheLastUserIsGoneHidesNoGrowth() {
        List<Sample> samples = new ArrayList<>(growing(SAMPLES, 64, FILES_MOST + 1));
        samples.add(new Sample(SAMPLES, 0, 0, 0, 0, "stream", 0, 0, 0, 64, 0, 24));

        assertThat(Trends.flat(samples))
                .filteredOn(check -> !check.pass())
                .extracting(Check::name)
                .containsExactly("flat file handles");
    }

    /** From 64 MiB and 100 files in the first half to these in the last quarter. */
    private static List<Sample> growing(int samples, double heapMiB, int files) {
        return IntStream.range(0, samples)
                .mapToObj(i -> i < samples * 3 / 4 ? sample(i, 64, 100) : sample(i, heapMiB, files))
                .toList();
    }

    private static Sample sample(int second, double heapMiB, int files) {
        return new Sample(second, 2_000, 0, 0, 0, "stream", 0, 0, 0, heapMiB, 0, files);
    }
}
