package io.headgate.event;

import java.util.UUID;

/**
 * The lead that came last from a source, by its age: gateways whose clocks differ agree on an age.
 *
 * @param ageMillis how long ago it was stored
 */
public record Lead(String source, UUID eventId, String eventName, long ageMillis) {
    public Lead {
        if (ageMillis < 0) {
            throw new IllegalArgumentException("ageMillis: 0 or more, not " + ageMillis);
        }
    }
}
