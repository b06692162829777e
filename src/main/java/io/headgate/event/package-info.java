/**
 * The words that every room speaks: an {@link io.headgate.event.Event}, the
 * {@link io.headgate.event.Outcome} of storing it, the {@link io.headgate.event.Rejection} of a bad one.
 *
 * <p>Promise: plain values, correct by construction. Refuses: any input or output, any library, any decision
 * that belongs to a stage of the road.
 */
@NullMarked
package io.headgate.event;

import org.jspecify.annotations.NullMarked;
