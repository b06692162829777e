/**
 * The door: who may post, from where, how much, how fast, and which status answers what.
 *
 * <p>Promise: every request is answered or its connection closed before its deadline, and whatever it holds in memory is
 * bounded. Refuses: to look inside an event.
 */
@NullMarked
package io.headgate.http;

import org.jspecify.annotations.NullMarked;
