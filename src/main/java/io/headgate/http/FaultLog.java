package io.headgate.http;

import io.headgate.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs faults of the gateway itself: the kind and the place of an exception, never its message, for that may quote what
 * was posted. One line a second at most; all are counted as requests that ended in {@link Reason#FAULT}.
 */
final class FaultLog {
    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);

    private final Rate lines;

    FaultLog(Clock clock) {
        lines = new Rate(clock, 1);
    }

    void failed(Throwable cause) {
        if (lines.take(1) == 0) {
            LOG.error("a request failed by a fault of the gateway", new Silent(cause));
        }
    }

    /** The same place and the same causes, without messages. */
    private static final class Silent extends RuntimeException {
        Silent(Throwable original) {
            super(original.getClass().getName(), causeOf(original), false, true);
            setStackTrace(original.getStackTrace());
        }

        private static @Nullable Throwable causeOf(Throwable original) {
            Throwable cause = original.getCause();
            return cause == null || cause == original ? null : new Silent(cause);
        }
    }
}
