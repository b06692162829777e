/**
 * The road out: consumer groups that bring the events of the streams to {@code destination}s. One group for each route;
 * each partition of a route belongs to one process at a time.
 *
 * <p>Promise: an event is acknowledged only when its destination has confirmed it, when its route does not want it, or when it
 * is kept as a dead letter; acknowledged = delivered + filtered + dead-lettered + gone. Nothing that a group has not
 * acknowledged is trimmed. Memory is bounded, whatever a destination does. Refuses: to know what a destination is.
 */
@NullMarked
package io.headgate.process;

import org.jspecify.annotations.NullMarked;
