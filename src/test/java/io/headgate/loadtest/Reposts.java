package io.headgate.loadtest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;

/**
 * Counts how often Gatling posted a request again by itself. Its HTTP client does so, once, when a connection that was
 * used before is closed without an answer; no setting forbids it and no callback tells of it, so the ledger would never
 * see the answer that did not come. What it does say is a line of its log at DEBUG, which is counted here and not shown.
 *
 * <p>Promise: every one between construction and {@link #close} counts, whichever simulation it belongs to. Price: the
 * client writes a few more lines for each connection that it opens, none for a request. For one at a time; {@link #count}
 * is for any thread.
 */
final class Reposts implements AutoCloseable {
    private static final String CLIENT = "io.gatling.http.client.impl.DefaultHttpClient";
    /** HTTP/1.1 or HTTP/2 follows. */
    private static final String SAYS = "Retrying with new HTTP/";

    private final Logger log = (Logger) LoggerFactory.getLogger(CLIENT);
    private final Level level = log.getLevel();
    private final boolean additive = log.isAdditive();
    private final Lines lines = new Lines();

    Reposts() {
        lines.setContext(log.getLoggerContext());
        lines.start();
        log.addAppender(lines);
        log.setAdditive(false);
        log.setLevel(Level.DEBUG);
    }

    long count() {
        return lines.reposts.sum();
    }

    /** Counts no more; the log is as it was. */
    @Override
    public void close() {
        log.setLevel(level);
        log.setAdditive(additive);
        log.detachAppender(lines);
        lines.stop();
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final LongAdder reposts = new LongAdder();

        @Override
        protected void append(ILoggingEvent line) {
            if (line.getMessage().startsWith(SAYS)) {
                reposts.increment();
            }
        }
    }
}
