/**
 * The road of one batch: decode, validate, deliver, verdicts.
 *
 * <p>Promise: every event of a batch that could be decoded gets exactly one verdict, or the whole batch is refused; an
 * event is counted as accepted only after its write was confirmed. Refuses: to know of HTTP or of Redis.
 */
@NullMarked
package io.headgate.ingest;

import org.jspecify.annotations.NullMarked;
