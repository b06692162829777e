package io.headgate.alert;

import io.headgate.outbound.PostResult;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** How one kind of receiver wants to be told. Immutable. */
interface Format {
    /** Where to post to. */
    URI target();

    /** What must never be shown, besides the address. */
    List<String> secrets();

    /** What to post for an attempt that is made now; {@code nowMillis} since 1970. */
    Message message(Notice notice, long nowMillis);

    /** Whether it forgets an alert of which it hears no more, so that {@link #refresh} is needed. */
    default boolean forgets() {
        return false;
    }

    /** One message for alerts that go on firing; empty for a receiver that needs none to keep them. */
    default Optional<Message> refresh(List<Notice> firing, long nowMillis) {
        return Optional.empty();
    }

    /** Whether a receiver that answered this to a notice will answer it again, however often it is tried. */
    default boolean refusesForGood(PostResult result) {
        return false;
    }
}
