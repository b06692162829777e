package io.headgate.loadtest;

import java.nio.charset.StandardCharsets;

/** How a planned invalid event is wrong, and what it must be rejected with. */
enum Fault {
    UNKNOWN_TYPE("unknown_event_name", "", "\"event_name\":\"", "\"event_name\":\"un"),
    DEVICE("schema", "enum", "\"device_type\":\"web\"", "\"device_type\":\"fridge\""),
    NO_SESSION("schema", "required", "\"session_id\"", "\"anonymous_id\""),
    USER("schema", "type", "\"user_id\":null", "\"user_id\":7"),
    TYPING_ERROR("schema", "additionalProperties", "\"locale\"", "\"locael\""),
    DATE("schema", "format", "\"timestamp\":\"2026-11-20T", "\"timestamp\":\"2026-11-32T");

    private static final Fault[] ALL = values();

    final String code;
    /** Of the schema; empty when the code says it all. */
    final String keyword;

    private final String right;
    private final String wrong;

    Fault(String code, String keyword, String right, String wrong) {
        this.code = code;
        this.keyword = keyword;
        this.right = right;
        this.wrong = wrong;
    }

    /** The one that this event has, if it is one that shall have any. */
    static Fault of(long number) {
        return ALL[(int) (number / 5 % ALL.length)];
    }

    /** The event with this fault; its id stays. */
    byte[] in(byte[] event) {
        String text = new String(event, StandardCharsets.UTF_8);
        if (this == NO_SESSION) { // a member twice would be another fault
            text = text.replaceFirst("\"anonymous_id\":\"[^\"]*\",", "");
        }
        return text.replace(right, wrong).getBytes(StandardCharsets.UTF_8);
    }
}
