package io.headgate;

import io.headgate.config.Settings;
import java.util.Locale;
import java.util.Optional;

/** Which half of the road a process is, where it is not the whole. */
enum Only {
    /** Takes events, and leaves their delivery to other processes. */
    INTAKE,
    /** Delivers what others have taken; without a door and a journal. */
    PROCESS;

    /** Why it cannot be with these settings, and what to do; empty when it can. */
    Optional<String> refusal(Settings settings) {
        if (settings.embedded().isPresent()) {
            return Optional.of("--only " + this + " needs a Redis that several processes reach: set redis.uri to its"
                    + " address, such as redis://redis.example:6379, for an embedded one belongs to one process");
        }
        if (this == PROCESS && settings.process().routes().isEmpty()) {
            return Optional.of("--only process has nothing to do without routes: configure some");
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
