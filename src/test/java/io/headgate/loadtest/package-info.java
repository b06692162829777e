/**
 * The load test: posts a scenario's events to a real gateway with Gatling, keeps its own ledger of what was sent and what
 * was answered, holds it against the gateway's books, the streams and the quarantine, and reports what was measured.
 *
 * <pre>
 *   LoadTest      the command: run a scenario, compare two reports
 *     Target      the gateway under test: one that runs already, or one of its own with its Redis
 *     Plan        which events a request holds and what must be answered: a function of seed and number
 *     Simulation  Gatling posts                     Timings    how long answers took, from when they were due
 *     Ledger      what was sent, what was answered  Sampler    what gateway and Redis say of themselves, once a second
 *     Judge       ledger against books, streams, quarantine -> Checks, PASS or FAIL
 *     Report      all of it, as JSON, and as a page with plots
 * </pre>
 *
 * <p>Never says PASS of what it could not read.
 */
package io.headgate.loadtest;
