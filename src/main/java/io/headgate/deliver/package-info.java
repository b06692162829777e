/**
 * Where an event goes: to its partition of the stream, or to the journal when the stream cannot take it.
 *
 * <p>Promise: an event is told as stored only when the stream or the journal has it; one partition's events keep their
 * order on the way; neither is given up while the other can take events. Refuses: to interpret a verdict.
 */
@NullMarked
package io.headgate.deliver;

import org.jspecify.annotations.NullMarked;
