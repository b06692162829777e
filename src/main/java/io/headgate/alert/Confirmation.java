package io.headgate.alert;

import io.headgate.alert.Elapsed.Moment;

/**
 * Before an alert begins: whether the other gateways were asked for their last leads since it was first wanted. Where they
 * do not answer in time it begins all the same. Belongs to the loop of the alerting.
 */
final class Confirmation {
    /** How long they are waited for: the page must leave within a second. */
    private static final long ANSWER_MILLIS_MAX = 300;

    private static final long NOT_ASKED = -1;

    private final Sharing sharing;
    private long askedAt = NOT_ASKED;

    Confirmation(Sharing sharing) {
        this.sharing = sharing;
    }

    /** Asks them the first time. What they know is taken in before this is true, so the silence must be looked at again. */
    boolean given(Moment now) {
        if (askedAt == NOT_ASKED) {
            askedAt = now.millis();
        }
        return sharing.answeredSince(askedAt, now) || now.millis() - askedAt >= ANSWER_MILLIS_MAX;
    }

    /** The alert is not wanted any more. */
    void forget() {
        askedAt = NOT_ASKED;
    }
}
