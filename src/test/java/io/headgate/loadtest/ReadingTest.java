package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.headgate.load.Status;
import io.headgate.loadtest.Reading.Stand;
import io.headgate.loadtest.Reading.Vitals;
import io.headgate.meter.Meters;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final Offset<Double> NOTHING = within(1e-9);

    private static final String PAGE =
            """
            # HELP process_cpu_seconds_total CPU time that the process has used
            # TYPE process_cpu_seconds_total counter
            process_cpu_seconds_total 2.82
            process_files_open_files 61.0
            headgate_http_connections 40.0
            jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 1048576.0
            jvm_memory_used_bytes{area="heap",id="G1 Old Gen"} 3145728.0
            jvm_memory_used_bytes{area="nonheap",id="CodeHeap 'profiled nmethods'"} 4288256.0
            """;

    @Test
    void aPageOfAGatewaysMetersIsUnderstood() throws IOException {
        try (Meters meters = new Meters()) {
            Vitals vitals = Vitals.of(meters.scrape(), 5);

            assertThat(vitals.cpu().seconds()).isPositive();
            assertThat(vitals.cpu().nanos()).isEqualTo(5);
            assertThat(vitals.heapMiB()).isPositive();
            assertThat(vitals.files()).isPositive();
        }
    }

    @Test
    void whatWasNeverCollectedHadNoPauses() throws IOException {
        Vitals vitals = Vitals.of(PAGE, 0);

        assertThat(vitals.cpu().seconds()).isCloseTo(2.82, NOTHING);
        assertThat(vitals.heapMiB()).isCloseTo(4, NOTHING);
        assertThat(vitals.files()).isEqualTo(21);
        assertThat(vitals.pauses().seconds()).isZero();
        assertThat(vitals.longestPauseMillis()).isZero();
    }

    @Test
    void pausesInsideAConcurrentCycleArePausesAndTheCycleIsNone() throws IOException {
        Vitals vitals = Vitals.of(
                PAGE
                        + """
                        jvm_gc_pause_seconds_sum{action="end of minor GC",cause="x",gc="G1 Young Generation"} 0.006
                        jvm_gc_pause_seconds_sum{action="end of major GC",cause="y",gc="G1 Old Generation"} 0.03
                        jvm_gc_pause_seconds_max{action="end of major GC",cause="y",gc="G1 Old Generation"} 0.02
                        jvm_gc_concurrent_phase_time_seconds_sum{action="end of concurrent GC pause",cause="No GC",gc="G1 Concurrent GC"} 0.004
                        jvm_gc_concurrent_phase_time_seconds_max{action="end of concurrent GC pause",cause="No GC",gc="G1 Concurrent GC"} 0.025
                        jvm_gc_concurrent_phase_time_seconds_sum{action="end of GC cycle",cause="x",gc="ZGC Cycles"} 0.152
                        jvm_gc_concurrent_phase_time_seconds_max{action="end of GC cycle",cause="x",gc="ZGC Cycles"} 0.152
                        """,
                0);

        assertThat(vitals.pauses().seconds()).isCloseTo(0.04, NOTHING);
        assertThat(vitals.longestPauseMillis()).isCloseTo(25, NOTHING);
    }

    @Test
    void aPageThatIsNoGatewaysIsRefused() {
        assertThatThrownBy(() -> Vitals.of("", 0)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Vitals.of("<html>\nprocess_cpu_seconds_total NaN\nbroken", 0))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Stand.of(new Status(new JsonObject()))).isInstanceOf(IOException.class);
    }

    @Test
    void redisCountsItsChildrenToo() throws IOException {
        String info =
                """
                # CPU\r
                used_cpu_sys:1.5\r
                used_cpu_user:2.25\r
                used_cpu_sys_children:0.5\r
                used_cpu_user_children:0.25\r
                used_cpu_sys_main_thread:1.4\r
                """;

        assertThat(Reading.redisCpu(info, 0).seconds()).isCloseTo(4.5, NOTHING);
        assertThatThrownBy(() -> Reading.redisCpu("# CPU\r\n", 0)).isInstanceOf(IOException.class);
    }
}
