/**
 * The watch: notices when leads stop, and whatever else weakens the gateway, and tells it to somebody until they have it.
 *
 * <pre>
 *   LeadFlow         last lead of each source, usual rates <-> LeadShare (other gateways), disk: leads, rates
 *   GatewayWatches   failover, drain, journal, refusal, ... <- Facts
 *        | Bell: it fires, it is well
 *        v
 *   Desk: Alerts     firing, repeating, silenced, resolved  \
 *         Silences   maintenance windows                     > disk: states, before anything is sent
 *         Outbox     messages that are not confirmed        /
 *        |
 *        v
 *   Courier of each receiver -> PagerDuty, Alertmanager, Slack, a webhook        Beats -> the heartbeat
 * </pre>
 *
 * <p>Promise: a silence of the limit is told to each receiver until it has answered 2xx, at least once and under the same
 * key; a restart neither resets the silence nor invents one; where no state can be written it is told all the same.
 * Refuses: to need Redis or the journal, and to know them: what it must know of the gateway is handed in.
 *
 * <p>All of it but what says otherwise belongs to one event loop, the loop of the alerting.
 */
@NullMarked
package io.headgate.alert;

import org.jspecify.annotations.NullMarked;
