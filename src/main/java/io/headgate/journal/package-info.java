/**
 * The append-only, checksummed, fsynced log on local disk that takes what Redis cannot.
 *
 * <p>Promise: what was answered as appended is read back, in its channel's order, after any crash, until it is confirmed.
 * Refuses: to know what a record holds, or where it goes.
 */
@NullMarked
package io.headgate.journal;

import org.jspecify.annotations.NullMarked;
