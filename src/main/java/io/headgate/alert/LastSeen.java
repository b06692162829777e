package io.headgate.alert;

import java.util.UUID;

/**
 * The lead of a flow that came last.
 *
 * @param at when it was stored, as elapsed since the process started; negative: before
 */
record LastSeen(long at, UUID eventId, String eventName) {}
