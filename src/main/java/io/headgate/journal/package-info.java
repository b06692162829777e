/**
 * The append-only, checksummed, fsynced log on local disk that takes what Redis cannot.
 *
 * <p>Promise: what was answered as appended is read back, in its channel's order, after any crash, until it is confirmed.
 * Refuses: to know what a record holds, or where it goes; and to drop anything to make room.
 *
 * <pre>
 *   append                              read                    confirm
 *     |                                  |                         |
 *   Queue    numbers, bounds           Reader     its thread     Positions
 *     |                                  |                         |
 *   Writer   its thread                ChannelReader             Cleaner   cursor first, then segments
 *     |                                  |      \                  |   \
 *   Log      groups, rolls, cuts       Blocks    Scan            Cursor  Reserve
 *     |
 *   Spare    the next segment
 *
 *   Recovery, Chain: what a start finds      Inspector, Repair: a journal at rest
 *   SegmentHeader, RecordFormat, Cursor: the formats, drawn      Disk: all that is asked of the system
 * </pre>
 */
@NullMarked
package io.headgate.journal;

import org.jspecify.annotations.NullMarked;
