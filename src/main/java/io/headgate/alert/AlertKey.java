package io.headgate.alert;

/**
 * What one alert is known by, here and at the receivers, from its first message to its last: {@code
 * headgate/INSTANCE/NAME} or {@code headgate/INSTANCE/NAME/LABEL}.
 *
 * @param label a source ({@code *} for all together), a receiver, a consumer group or a destination; empty where the alert has none
 */
record AlertKey(String instance, AlertName name, String label) {
    /** The key as receivers see it. */
    String text() {
        String key = "headgate/" + instance + "/" + name.wire();
        return label.isEmpty() ? key : key + "/" + label;
    }
}
