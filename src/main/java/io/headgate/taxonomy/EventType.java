package io.headgate.taxonomy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One type of event, as its schema file describes it.
 *
 * @param name the {@code event_name} that selects it; also the name of its file, without {@code .json}
 * @param version its {@code x-version}, if it has one
 * @param lead whether it is annotated {@code "x-lead": true}
 * @param owner its {@code x-owner}, if it has one
 * @param title its {@code title}, if it has one
 */
public record EventType(
        String name, @Nullable String version, boolean lead, @Nullable String owner, @Nullable String title) {
    public EventType {
        Objects.requireNonNull(name, "name");
    }
}
