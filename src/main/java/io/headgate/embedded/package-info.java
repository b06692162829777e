/**
 * The embedded Redis: a real server as a child of the gateway, for a first try, for tests and for a small site.
 *
 * <p>Promise: never two servers on one directory, and what was confirmed is found again at the next start. Refuses: to
 * speak to Redis about events.
 *
 * <p>What lies in the directory:
 *
 * <pre>
 *   gateway.lock   locked by the one gateway that may start a server here; holds its process id
 *   redis.conf     written before each start; a server's arguments name this file, and so tell whose server it is
 *   server.json    process id, run id, address, start: written after each start, deleted after a clean stop
 *   bin/           the server's binary, unpacked once
 *   redis.log, appendonly.aof (or appendonlydir/), redis.pid   Redis's own
 * </pre>
 *
 * <p>Why the server is looked for in the process table, and not in a pid file alone (2026-11): between the start of a
 * server and the first byte of any record of it a gateway can be killed. The arguments of a process are there from its
 * first instant, cannot be torn, and cannot be taken over by another process that happens to get the same number.
 *
 * <p>Why {@code --daemonize} (2026-11): Ctrl-C goes to the whole process group of a terminal, so a plain child would
 * die before the gateway has stored what it is about to confirm. Java cannot start a process in a session of its own;
 * Redis can put itself there. The price is that it is nobody's child: it is watched through the process table, the
 * same way for a server that was started and for one that was taken over.
 */
@NullMarked
package io.headgate.embedded;

import org.jspecify.annotations.NullMarked;
