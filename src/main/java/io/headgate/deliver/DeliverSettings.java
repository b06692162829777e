package io.headgate.deliver;

import java.time.Duration;

/**
 * Settings of the delivery ({@code failover.*}).
 *
 * @param retryAfter what a refused client is told to wait at first; doubled up to 60 s while Redis stays away
 */
public record DeliverSettings(Duration retryAfter) {
    public DeliverSettings {
        if (retryAfter.toMillis() <= 0) {
            throw new IllegalArgumentException("failover.retry-after cannot be " + retryAfter);
        }
    }
}
