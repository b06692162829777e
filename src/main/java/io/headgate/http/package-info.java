/**
 * The door: who may post, from where, how much, how fast, and which status answers what.
 *
 * <p>Promise: every request is answered or its connection closed before its deadline, and whatever it holds in memory is
 * bounded. Refuses: to look inside an event.
 *
 * <pre>
 *   Door                         one port, a Lane for each event loop of Vert.x, a Doorway that they share
 *    Lane                        a server, its connections, the timer that looks at them
 *     Connection                 first bytes, deadlines, the end  (RequestDecoder tells it)
 *      Exchange                  one request, one answer, the bytes held for it
 *       Reception -&gt; Pages       what is read
 *                 -&gt; EventsPost  what is posted: key, origin, rate, type, body, then the road
 *   Reason, Problem              what a request can end in, and how a failure is answered
 * </pre>
 *
 * <p>Decisions (November 2026):
 *
 * <ul>
 *   <li>A router for the public paths? No, a switch: there are six, and vertx-web measured up to 1 us a request.
 *   <li>Deadlines by {@code idleTimeout} or a timer a request? No: the first does not see a slow body, the second costs
 *       every request. One timer a loop looks at all connections, and the decoder says when a request begins.
 *   <li>Several gzip members in one body? No, though RFC 1952 allows them: a body cut between two looks whole.
 *   <li>A ratio limit on gzip? No: the limit in bytes stops a bomb within tens of milliseconds, in a worker; honest batches of
 *       similar events reach ratios that look like a bomb's.
 *   <li>Which key counts when there are several? The one in the place that is Headgate's own: browsers and proxies send
 *       an {@code Authorization} that is meant for others.
 *   <li>Does {@code *} cover {@code Origin: null}? No, it is listed by name: any page can make itself that origin.
 *   <li>A batch larger than a second's events? Taken when the allowance is full, paid for by a longer wait; a client
 *       that is always refused would send it for ever.
 *   <li>Keep a connection after a refusal? Yes, if what is left of the request is announced and small; else it lingers
 *       and is closed, since a body that is not read away would tear down the answer.
 * </ul>
 */
@NullMarked
package io.headgate.http;

import org.jspecify.annotations.NullMarked;
