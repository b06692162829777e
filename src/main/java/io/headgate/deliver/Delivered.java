package io.headgate.deliver;

import io.headgate.event.Outcome;
import java.util.List;

/**
 * What became of a batch's events.
 *
 * @param outcomes one for each event, in the order they were given
 */
public record Delivered(List<Outcome> outcomes) {
    public Delivered {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether every event is on the stream or in the journal. */
    public boolean whole() {
        return outcomes.stream().allMatch(Outcome::safe);
    }

    /** Events with this outcome. */
    public int count(Outcome outcome) {
        int n = 0;
        for (Outcome each : outcomes) {
            if (each == outcome) {
                n++;
            }
        }
        return n;
    }
}
