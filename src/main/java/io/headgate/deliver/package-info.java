/**
 * Where an event goes: to its partition of the stream.
 *
 * <p>Promise: the outcome of each event of a batch is known or said to be unknown before the batch is answered. Refuses:
 * to interpret a verdict.
 */
@NullMarked
package io.headgate.deliver;

import org.jspecify.annotations.NullMarked;
