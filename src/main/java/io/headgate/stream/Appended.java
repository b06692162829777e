package io.headgate.stream;

import io.headgate.event.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the events of one {@link StreamStore#append}.
 *
 * @param outcomes one for each event, in order
 * @param fault the first thing that went wrong; null exactly when every event is on the stream
 */
public record Appended(List<Outcome> outcomes, @Nullable WriteFault fault) {
    public Appended {
        outcomes = List.copyOf(outcomes);
        boolean allOnStream = outcomes.stream().allMatch(Outcome::onStream);
        if (allOnStream != (fault == null)) {
            throw new IllegalArgumentException("a fault goes with events that are not on the stream: " + fault);
        }
    }
}
