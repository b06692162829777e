package io.headgate.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdsTest {
    @Test
    void anIdIsTheSameInEitherCase() {
        UUID id = new UUID(0x0123456789abcdefL, 0xfedcba9876543210L);

        assertThat(EventIds.parse(id.toString())).isEqualTo(id);
        assertThat(EventIds.parse(id.toString().toUpperCase(Locale.ROOT))).isEqualTo(id);
    }

    @Test
    void everyBitOfAnIdIsRead() {
        for (int bit = 0; bit < 64; bit++) {
            UUID high = new UUID(1L << bit, 0);
            UUID low = new UUID(0, 1L << bit);

            assertThat(EventIds.parse(high.toString())).isEqualTo(high);
            assertThat(EventIds.parse(low.toString())).isEqualTo(low);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "0123456789abcdeffedcba9876543210",
                "01234567-89ab-cdef-fedc-ba987654321",
                "01234567-89ab-cdef-fedc-ba98765432100",
                "+1234567-89ab-cdef-fedc-ba9876543210",
                "01234567-89ab-cdef-fedc-ba987654321g",
                "01234567_89ab-cdef-fedc-ba9876543210",
                "{1234567-89ab-cdef-fedc-ba987654321}",
                "０1234567-89ab-cdef-fedc-ba987654321"
            })
    void whatOnlyResemblesAnIdIsNone(String text) {
        assertThat(EventIds.parse(text)).isNull();
    }
}
