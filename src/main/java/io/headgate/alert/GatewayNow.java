package io.headgate.alert;

/**
 * What the gateway itself is doing, so that "nobody posts" and "everything is rejected" are told apart.
 *
 * @param mode {@code stream}, {@code journal}, {@code draining} or {@code refusing}
 * @param journalEvents in the journal that are not on the stream
 * @param acceptedLastHour events of all sources; since the start of the process where that is less than an hour ago
 * @param rejectedLastHour the same
 */
record GatewayNow(String mode, long journalEvents, long acceptedLastHour, long rejectedLastHour) {}
