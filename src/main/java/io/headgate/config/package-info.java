/**
 * Reads the configuration, strictly, and builds each part's own settings record.
 *
 * <p>Promise: all faults at once, each with its key, the value and what is allowed. Refuses: to be asked by any room;
 * it stands on top of all of them.
 */
@NullMarked
package io.headgate.config;

import org.jspecify.annotations.NullMarked;
