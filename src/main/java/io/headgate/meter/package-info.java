/**
 * Every counter, and the equations between them.
 *
 * <p>Promise: {@link io.headgate.meter.Books} balances to the event at every moment it is read. Refuses: labels whose
 * values a client chooses, for they are without bound.
 */
@NullMarked
package io.headgate.meter;

import org.jspecify.annotations.NullMarked;
