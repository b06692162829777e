/**
 * Headgate, the gate at the head of an event stream. The road of an event, top to bottom:
 *
 * <pre>
 *   THE ROAD IN
 *   http/        the door: routes, keys, limits, statuses
 *     |
 *   ingest/      the road of one batch: decode, validate, deliver, verdicts
 *     |     \         \
 *   taxonomy/  \     quarantine/   rejected events, kept with their reason
 *            deliver/               where an event goes: stream first, journal when the stream cannot
 *             |      \
 *          stream/  journal/        Redis Streams: once each, in order; the log on local disk
 *             ^______drain/         journal to stream, in order, paced
 *
 *   THE ROAD OUT
 *          stream/                  consumer groups, who reads what, dead letters
 *             |
 *          process/                 which event goes where and when: order, priority, retries, trimming
 *             |
 *          destination/             webhook, PostgreSQL, archive
 *
 *   manage/      the management port: metrics, status, operations
 *   alert/       the watch: leads that stop, the gateway's own alerts, and who is told of them
 *   embedded/    a real Redis as a child, for whoever has none
 *   outbound/    one HTTP request to the outside and what comes of it, for alert/ and destination/
 *
 * GROUND   meter/ every counter, and the equations between them    time/ clock and timers, handed in
 *          event/ the words    config/ reads conf/, strictly (top floor, used by no room)
 * </pre>
 *
 * <p>What a 202 promises: each event that it counts as accepted was confirmed by Redis, or fsynced to the
 * journal, before the answer left, and comes to the stream once; each that
 * it counts as duplicate was stored before; each that it counts as rejected is named in {@code errors}.
 *
 * <p>{@link io.headgate.Main} is the command line, {@link io.headgate.Gateway} builds every part, starts upward and
 * stops downward; {@link io.headgate.Processor} builds the road out alone, for processes that only deliver.
 */
@NullMarked
package io.headgate;

import org.jspecify.annotations.NullMarked;
