package io.headgate.event;

/**
 * One thing that is wrong with an event, said so that a person can mend it.
 *
 * @param pointer JSON Pointer (RFC 6901) to the value at fault; empty for the event itself
 * @param keyword the schema keyword that it violates; empty where no schema is involved
 * @param message a sentence without the value itself, such as {@code must be one of web, mobile, api}
 */
public record Fault(FaultCode code, String pointer, String keyword, String message) {
    public Fault {
        if (message.isBlank()) {
            throw new IllegalArgumentException("a fault without a message helps nobody: " + code + " " + pointer);
        }
    }

    /** A fault of the whole event that no schema is involved in. */
    public static Fault of(FaultCode code, String message) {
        return new Fault(code, "", "", message);
    }
}
