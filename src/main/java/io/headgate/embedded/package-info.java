/**
 * The embedded Redis: a real server as a child of the gateway, for a first try, for tests and for a small site.
 *
 * <p>Promise: never two servers on one directory, and what was confirmed is found again at the next start. Refuses: to
 * speak to Redis about events.
 */
@NullMarked
package io.headgate.embedded;

import org.jspecify.annotations.NullMarked;
