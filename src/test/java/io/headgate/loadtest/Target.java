package io.headgate.loadtest;

import io.headgate.load.Status;
import java.io.IOException;

/** The gateway under test, as it tells of itself. Safe for use by any thread. */
interface Target {
    /** The status page. */
    Status status() throws IOException;

    /** The metrics, in Prometheus's text format. */
    String metrics() throws IOException;

    /** A section of Redis's INFO, {@code field:value} lines; throws when Redis does not answer. */
    String redisInfo(String section) throws IOException;
}
