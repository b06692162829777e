package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headgate.meter.Meters;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong with a state is seen, and keeps nobody waiting. */
class SavedStateTest {
    @TempDir(factory = InMemory.class)
    private Path dir;

    private final Meters meters = new Meters();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void memoryThatRunsOutIsSeenAndKeepsNobodyWaiting() {
        SavedState saved = new SavedState(dir, "states", Runnable::run, meters);
        Supplier<JsonObject> tooMuch = () -> {
            throw new OutOfMemoryError("Java heap space");
        };

        Throwable thrown = catchThrowable(() -> saved.write(tooMuch));

        assertThat(thrown).isNull();
        assertThat(saved.writing()).isFalse();
        assertThat(saved.fault()).contains("states: java.lang.OutOfMemoryError: Java heap space");
        assertThat(meters.scrape()).contains("headgate_alert_state_unwritten_total{state=\"states\"} 1.0");
    }

    @Test
    void theNextWriteThatSucceedsEndsTheFault() {
        SavedState saved = new SavedState(dir, "states", Runnable::run, meters);
        saved.write(() -> {
            throw new IllegalStateException("no state");
        });

        Future<Void> written = saved.write(() -> new JsonObject().put("format", 1));

        assertThat(written.succeeded()).isTrue();
        assertThat(saved.fault()).isEmpty();
        assertThat(new SavedState(dir, "states", Runnable::run, meters).read(JsonObject::encode))
                .contains("{\"format\":1}");
    }
}
