/**
 * Where events go from the streams: a webhook, PostgreSQL, files for a warehouse. Each is a {@link
 * io.headgate.destination.Destination}, chosen by configuration, so that changing a tool changes no code.
 *
 * <p>Promise: {@code Delivered} is said only when the other side has confirmed, or the disk was flushed; an event that is
 * delivered again carries the same key. Refuses: to decide when, how often and in what order to try; that is for {@code
 * process}.
 */
@NullMarked
package io.headgate.destination;

import org.jspecify.annotations.NullMarked;
