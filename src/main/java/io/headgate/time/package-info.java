/**
 * Clock and timers, handed in to whoever needs them, so that a test can hold time still.
 *
 * <p>Promise: the only place that reads the machine's clocks. Refuses: to know what the time is used for.
 */
@NullMarked
package io.headgate.time;

import org.jspecify.annotations.NullMarked;
