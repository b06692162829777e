package io.headgate.config;

/**
 * One thing wrong with the configuration.
 *
 * @param place where it was written: file and line, flag or environment variable
 * @param key the setting; empty when the fault is not one setting's
 * @param value as written, never resolved, and hidden when it may be a secret; empty when there is none to show
 * @param allowed what would be right
 */
public record ConfigFault(String place, String key, String value, String allowed) {
    /** One line for a person. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(place);
        if (!key.isEmpty()) {
            line.append(": ").append(key);
        }
        if (!value.isEmpty()) {
            line.append(" is ").append(value);
        }
        return line.append(": ").append(allowed).toString();
    }
}
