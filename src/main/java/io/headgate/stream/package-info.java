/**
 * The stream: events onto Redis Streams, each once, in order within its partition.
 *
 * <p>Promise: an event is reported as stored only after Redis confirmed the write; marking an id as seen and appending
 * its event are one atomic step. Refuses: to decide what happens to an event that could not be written.
 */
@NullMarked
package io.headgate.stream;

import org.jspecify.annotations.NullMarked;
