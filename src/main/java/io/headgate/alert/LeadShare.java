package io.headgate.alert;

import io.headgate.event.Lead;
import io.vertx.core.Future;
import java.util.List;

/** Where the gateways of one Redis tell each other their last leads. */
@FunctionalInterface
public interface LeadShare {
    /** For a gateway on its own. */
    LeadShare NONE = (mine, writtenMillis) -> Future.succeededFuture(List.of());

    /** For an answer that holds every source. */
    long ALL = Long.MAX_VALUE;

    /**
     * Tells what this gateway knows, and answers what any of them knows: the lead that came last from each source. Fails
     * when that cannot be reached; to be told again then. Called from the loop of the alerting, once at a time.
     *
     * @param writtenMillis answered is only what was told there in the last so many milliseconds; {@link #ALL}: all
     */
    Future<List<Lead>> exchange(List<Lead> mine, long writtenMillis);
}
