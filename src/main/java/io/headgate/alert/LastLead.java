package io.headgate.alert;

/**
 * The lead that came last.
 *
 * @param atMillis when it was stored, in milliseconds since 1970
 */
record LastLead(long atMillis, String eventId, String eventName) {}
