/**
 * The way back: the journal's backlog to the stream, by itself, in each partition's order, at a pace that leaves room for
 * everybody else.
 *
 * <p>Promise: what is in the journal comes to the stream once, as soon as Redis takes it, in constant memory; a partition
 * that cannot go on harms no other, and says so. Refuses: to skip or reorder an event.
 */
@NullMarked
package io.headgate.drain;

import org.jspecify.annotations.NullMarked;
