package io.headgate.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The partition of a session is the same for ever, in every gateway, and sessions are spread evenly. */
class PartitionTest {
    @Test
    void theChecksumIsTheOneOfRedisCluster() {
        // CLUSTER KEYSLOT is this modulo 16,384: 12739 for 123456789, 12182 for foo, 5061 for bar
        assertThat(Crc16.of("123456789")).isEqualTo(0x31c3);
        assertThat(Crc16.of("foo") % 16_384).isEqualTo(12_182);
        assertThat(Crc16.of("bar") % 16_384).isEqualTo(5_061);
        assertThat(Crc16.of("")).isZero();
    }

    @Test
    void theChecksumIsOfTheTextInUtf8() {
        byte[] bytes = {'a', (byte) 0xc3, (byte) 0xa9, (byte) 0xf0, (byte) 0x9f, (byte) 0x98, (byte) 0x80};

        assertThat(Crc16.of("a\u00e9\ud83d\ude00")).isEqualTo(Crc16.of(bytes));
    }

    @Test
    void sessionsAreSpreadEvenlyAndAlwaysTheSame() {
        try (Stores stores = new Stores()) {
            StreamStore store = stores.store(Stores.settings("redis://127.0.0.1:1"));
            StreamStore other = stores.store(Stores.settings("redis://127.0.0.1:1"));
            int[] counts = new int[store.partitions()];

            for (int i = 0; i < 100_000; i++) {
                String session = new UUID(i * 0x9e3779b97f4a7c15L, i).toString();
                counts[store.partitionOf(session)]++;
                assertThat(other.partitionOf(session)).isEqualTo(store.partitionOf(session));
            }

            for (int count : counts) {
                assertThat(count).isBetween(24_000, 26_000);
            }
        }
    }
}
