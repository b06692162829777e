/**
 * The taxonomy: which event types there are and what each must look like, compiled once from JSON Schemas (2020-12).
 *
 * <p>Promise: what it calls valid, the validator library calls valid too; a rejection is always the library's own.
 * Refuses: to read files.
 */
@NullMarked
package io.headgate.taxonomy;

import org.jspecify.annotations.NullMarked;
