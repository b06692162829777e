package io.headgate.deliver;

import io.headgate.event.Event;

/**
 * An event that went by the journal.
 *
 * @param attempted whether it may have come to the stream before: a write of it failed without a clear answer
 */
public record Journaled(Event event, boolean attempted) {}
