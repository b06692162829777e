/**
 * One request to the outside and what comes of it: for whoever tells people or programs something by HTTP.
 *
 * <p>Promise: an attempt is over within its deadline, whatever the other side does; no word of its result holds a secret or
 * is a library's. Refuses: to decide what is sent, whether a status is good news, and when to try again.
 */
@NullMarked
package io.headgate.outbound;

import org.jspecify.annotations.NullMarked;
