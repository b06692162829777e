package io.headgate.event;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rejected event: what it was, as far as that could be read, and what is wrong with it.
 *
 * @param index its place in the batch, from 0
 * @param eventId {@code event_id} where it was a UUID
 * @param eventName {@code event_name} where it was a string
 * @param schemaVersion {@code x-version} of its type where it is known and has one
 * @param faults at least one, at most {@value #FAULTS_MAX}
 * @param json the event as it was posted
 */
public record Rejection(
        int index,
        @Nullable UUID eventId,
        @Nullable String eventName,
        @Nullable String schemaVersion,
        List<Fault> faults,
        Slice json) {
    /** Faults told of one event at most. */
    public static final int FAULTS_MAX = 10;

    public Rejection {
        faults = List.copyOf(faults);
        if (faults.isEmpty() || faults.size() > FAULTS_MAX) {
            throw new IllegalArgumentException("faults: 1 to " + FAULTS_MAX + ", not " + faults.size());
        }
        Objects.requireNonNull(json, "json");
    }
}
