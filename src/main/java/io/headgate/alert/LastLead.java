package io.headgate.alert;

import io.vertx.core.json.JsonObject;

/**
 * The lead that came last.
 *
 * @param atMillis when it was stored, in milliseconds since 1970
 */
record LastLead(long atMillis, String eventId, String eventName) {
    JsonObject toJson() {
        return new JsonObject().put("at", atMillis).put("event_id", eventId).put("event_name", eventName);
    }

    static LastLead fromJson(JsonObject json) {
        return new LastLead(json.getLong("at"), json.getString("event_id"), json.getString("event_name"));
    }
}
