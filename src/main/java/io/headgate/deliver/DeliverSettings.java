package io.headgate.deliver;

import java.time.Duration;

/**
 * Settings of the delivery.
 *
 * @param errorRate share of failed writes, from 0 to 1; above it Redis is not tried for a while ({@code
 *     failover.error-rate})
 * @param window that the share is taken over, whole seconds ({@code failover.window})
 * @param callsMin writes in the window below which the share says nothing ({@code failover.calls-min})
 * @param retryAfter what a refused client is told to wait at first; doubled up to 60 s while Redis stays away ({@code
 *     failover.retry-after})
 * @param journalDeadline of one append to the journal; past it the event counts as not stored and may be ({@code
 *     journal.deadline})
 * @param streamDeadline of one write to Redis ({@code redis.deadline}); Redis is let alone for longer than that
 */
public record DeliverSettings(
        double errorRate,
        Duration window,
        int callsMin,
        Duration retryAfter,
        Duration journalDeadline,
        Duration streamDeadline) {
    public DeliverSettings {
        require(errorRate >= 0 && errorRate < 1, "failover.error-rate", errorRate);
        require(window.toSeconds() > 0 && window.toMillisPart() == 0, "failover.window", window);
        require(callsMin > 0, "failover.calls-min", callsMin);
        require(retryAfter.toMillis() > 0, "failover.retry-after", retryAfter);
        require(journalDeadline.toMillis() > 0, "journal.deadline", journalDeadline);
        require(streamDeadline.toMillis() > 0, "redis.deadline", streamDeadline);
    }

    private static void require(boolean holds, String setting, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(setting + " cannot be " + value);
        }
    }
}
