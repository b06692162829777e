/**
 * The quarantine: rejected events, kept with their reason.
 *
 * <p>Promise: bounded, and what the bound cuts off is counted. Refuses: to delay an answer.
 */
@NullMarked
package io.headgate.quarantine;

import org.jspecify.annotations.NullMarked;
