package io.headgate.alert;

import org.jspecify.annotations.Nullable;

/**
 * Parts of one look, of which one that fails must not keep those behind it from their turn. Belongs to one thread.
 */
final class Tries {
    private @Nullable RuntimeException first;

    void run(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            if (first == null) {
                first = e;
            }
        }
    }

    /** Throws the first failure, if there was one; to be called when all had their turn. */
    void end() {
        if (first != null) {
            throw first;
        }
    }
}
