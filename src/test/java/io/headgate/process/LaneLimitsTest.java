package io.headgate.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** However many lanes there are, what they hold together is a part of the heap. */
class LaneLimitsTest {
    private static final long MEBI = 1 << 20;

    @Test
    void aLargeHeapIsNotUsedForItsOwnSake() {
        LaneLimits limits = LaneLimits.of(6_000 * MEBI, 4);

        assertThat(limits).isEqualTo(new LaneLimits(4_000, 4 * MEBI, 10_000));
    }

    @Test
    void allLanesTogetherHoldAnEighthOfASmallHeap() {
        LaneLimits limits = LaneLimits.of(64 * MEBI, 16);

        assertThat(limits.bytesMax() * 16).isEqualTo(8 * MEBI);
        assertThat(limits.waitingMax() * 16L * 200).isBetween(3 * MEBI, 4 * MEBI);
    }

    @Test
    void ofVeryManyLanesEachOneMayWork() {
        LaneLimits limits = LaneLimits.of(64 * MEBI, 10_000);

        assertThat(limits).isEqualTo(new LaneLimits(4_000, 65_536, 500));
    }
}
