package io.headgate.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Steps one after the other. */
class RepeatTest {
    private static final int STEPS = 100_000;

    private final Vertx vertx = Vertx.vertx();
    private int steps;

    @AfterEach
    void close() {
        Works.await(vertx.close());
    }

    @Test
    void anyNumberOfStepsComesToItsEnd() {
        Context loop = vertx.getOrCreateContext();

        Works.await(onLoop(loop, () -> Repeat.whileTrue(() -> later(loop).map(done -> ++steps < STEPS))));

        assertThat(steps).isEqualTo(STEPS);
    }

    @Test
    void itEndsWithTheFirstStepThatFails() {
        Context loop = vertx.getOrCreateContext();

        Future<Void> ended = onLoop(
                loop,
                () -> Repeat.whileTrue(() -> later(loop).map(done -> {
                    if (++steps == 3) {
                        throw new IllegalStateException("the third");
                    }
                    return true;
                })));

        assertThat(Works.await(ended.map("no failure").otherwise(Throwable::getMessage)))
                .isEqualTo("the third");
        assertThat(steps).isEqualTo(3);
    }

    private static Future<Void> later(Context loop) {
        Promise<Void> later = Promise.promise();
        loop.runOnContext(done -> later.complete());
        return later.future();
    }

    private interface Work {
        Future<Void> begin();
    }

    private static Future<Void> onLoop(Context loop, Work work) {
        Promise<Void> done = Promise.promise();
        loop.runOnContext(go -> work.begin().onComplete(done));
        return done.future();
    }
}
