package io.headgate.alert;

import java.time.Duration;
import java.util.List;

/**
 * What is expected of the flow of leads ({@code alerts.lead-flow.*} and the sources' own).
 *
 * @param silence how long no lead may come from all sources together
 * @param perSource whether each source is watched by itself too
 * @param unusual whether usual rates are learned, and a silence that they make practically impossible is told
 * @param sources every source that is configured
 */
public record LeadFlowSettings(Duration silence, boolean perSource, boolean unusual, List<Source> sources) {
    /**
     * What is expected of one source.
     *
     * @param silence how long no lead may come from it
     * @param expectLeads whether it is watched although it has never sent a lead
     */
    public record Source(String name, Duration silence, boolean expectLeads) {
        public Source {
            if (silence.toMillis() < 1) {
                throw new IllegalArgumentException("sources: " + name + ": silence cannot be " + silence);
            }
        }
    }

    public LeadFlowSettings {
        if (silence.toMillis() < 1) {
            throw new IllegalArgumentException("alerts.lead-flow.silence cannot be " + silence);
        }
        sources = List.copyOf(sources);
    }
}
