package io.headgate.deliver;

/**
 * How the delivery stands, for the status page.
 *
 * @param mode where new events go
 * @param modeSinceMillis since when, in milliseconds since 1970
 * @param breaker the breaker's state: closed, open or half_open
 * @param failedPercent share of failed writes in the window; negative while there are too few to say
 * @param backlogEvents in the journal that are not on the stream
 * @param orderBroken events that went to the stream past a backlog, since the start of the process
 * @param journalHangs whether an append to the journal takes longer than {@code journal.deadline}
 */
public record DeliveryStatus(
        Mode mode,
        long modeSinceMillis,
        String breaker,
        float failedPercent,
        long backlogEvents,
        long orderBroken,
        boolean journalHangs) {}
