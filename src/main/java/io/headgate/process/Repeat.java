package io.headgate.process;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * Does one step after another. Why not a future composed of the next: thousands of them are one inside the other, and the
 * last ends by as many nested calls, for which no stack is deep enough.
 */
final class Repeat {
    private Repeat() {}

    /** As long as the step answers true; fails with the first that fails. A step must ask somebody, and not answer at once. */
    static Future<Void> whileTrue(Supplier<Future<Boolean>> step) {
        Promise<Void> done = Promise.promise();
        again(step, done);
        return done.future();
    }

    private static void again(Supplier<Future<Boolean>> step, Promise<Void> done) {
        Future.<Void>succeededFuture().compose(go -> step.get()).onComplete(more -> {
            if (more.failed()) {
                done.fail(more.cause());
            } else if (more.result()) {
                again(step, done);
            } else {
                done.complete();
            }
        });
    }
}
