package io.headgate.stream;

import io.headgate.event.Slice;

/**
 * One entry of a stream as a group is given it.
 *
 * @param id its id on that stream
 * @param origin id of the event's own entry on the partition's stream; the same as {@code id} but on an again-stream
 * @param wanted whether the route's conditions were fulfilled once already, so that they are not asked again
 * @param receivedMillis when a gateway received the event, in milliseconds since 1970
 * @param json the event as it was posted, in UTF-8
 */
public record StreamEntry(
        String id, String origin, boolean wanted, String name, String source, long receivedMillis, Slice json) {}
