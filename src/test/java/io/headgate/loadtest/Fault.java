package io.headgate.loadtest;

import java.nio.charset.StandardCharsets;

/** How a planned invalid event is wrong, and what it must be rejected with. */
enum Fault {
    UNKNOWN_TYPE("unknown_event_name", "/event_name", "", "\"event_name\":\"", "\"event_name\":\"un"),
    DEVICE("schema", "/context/device_type", "enum", "\"device_type\":\"web\"", "\"device_type\":\"fridge\""),
    NO_SESSION("schema", "/session_id", "required", "\"session_id\"", "\"anonymous_id\""),
    USER("schema", "/user_id", "type", "\"user_id\":null", "\"user_id\":7"),
    TYPING_ERROR("schema", "/context/locael", "additionalProperties", "\"locale\"", "\"locael\""),
    DATE("schema", "/timestamp", "format", "\"timestamp\":\"2026-11-20T", "\"timestamp\":\"2026-11-32T");

    /** Of faults. */
    static final int COUNT = values().length;

    private static final Fault[] ALL = values();

    final String code;
    /** What in the event is at fault, or is not there. */
    final String pointer;

    /** Of the schema; empty when the code says it all. */
    final String keyword;

    private final String right;
    private final String wrong;

    Fault(String code, String pointer, String keyword, String right, String wrong) {
        this.code = code;
        this.pointer = pointer;
        this.keyword = keyword;
        this.right = right;
        this.wrong = wrong;
    }

    /** By number, 0 to {@link #COUNT} - 1. */
    static Fault of(int number) {
        return ALL[number];
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
