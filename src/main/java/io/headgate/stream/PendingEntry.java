package io.headgate.stream;

/**
 * An entry that a group was given and has not acknowledged.
 *
 * @param handedOut how often it was given to a consumer
 * @param failed how often its delivery has failed while its destination took others
 */
public record PendingEntry(String id, int handedOut, int failed) {}
