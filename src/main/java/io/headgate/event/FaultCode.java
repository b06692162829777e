package io.headgate.event;

/** Why an event was rejected, as clients read it in {@code errors[].code}. */
public enum FaultCode {
    SCHEMA("schema"),
    UNKNOWN_EVENT_NAME("unknown_event_name"),
    TOO_LARGE("too_large"),
    NOT_AN_OBJECT("not_an_object"),
    NOT_JSON("not_json");

    private final String wire;

    FaultCode(String wire) {
        this.wire = wire;
    }

    /** The name in answers, metrics and the quarantine. */
    public String wire() {
        return wire;
    }
}
