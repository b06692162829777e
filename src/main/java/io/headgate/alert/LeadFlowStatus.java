package io.headgate.alert;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How the flow of leads stands, for the status page.
 *
 * @param flows of all sources together first ({@code *}), then of each source
 * @param stateFault why what is known cannot be written to disk; empty while it can
 */
public record LeadFlowStatus(List<Flow> flows, Optional<String> stateFault) {
    /**
     * How one flow stands.
     *
     * @param source its name; {@code *} for all together
     * @param state {@code never_seen}, {@code flowing} or {@code silent}
     * @param watched whether its silence is told
     * @param silentSeconds since the last lead; where there was none, since it has been watched; empty when it is not
     * @param limitSeconds the silence that is told
     * @param lastLead empty where there was none
     * @param usualAnHour how many seconds of an hour usually have a lead at this hour of the week; empty while not known
     * @param unusual whether its silence is told as unusual
     */
    public record Flow(
            String source,
            String state,
            boolean watched,
            OptionalLong silentSeconds,
            long limitSeconds,
            Optional<Last> lastLead,
            OptionalDouble usualAnHour,
            boolean unusual) {}

    /**
     * A lead that came last.
     *
     * @param atMillis when it was stored, in milliseconds since 1970
     */
    public record Last(long atMillis, String eventId, String eventName) {}

    public LeadFlowStatus {
        flows = List.copyOf(flows);
    }
}
