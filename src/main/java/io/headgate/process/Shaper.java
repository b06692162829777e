package io.headgate.process;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headgate.destination.Outgoing;
import io.headgate.event.Slice;
import io.headgate.process.RouteSettings.Fields;
import io.headgate.stream.StreamEntry;
import java.util.List;
import java.util.Map;

/** What a route delivers of an event. Immutable. */
final class Shaper {
    private final boolean all;
    private final List<JsonPointer> pick;
    private final List<JsonPointer> drop;
    private final List<Map.Entry<JsonPointer, JsonPointer>> rename;

    Shaper(Fields fields) {
        this.all = fields.all();
        this.pick = fields.pick().stream().map(JsonPointer::compile).toList();
        this.drop = fields.drop().stream().map(JsonPointer::compile).toList();
        this.rename = fields.rename().entrySet().stream()
                .map(from -> Map.entry(JsonPointer.compile(from.getKey()), JsonPointer.compile(from.getValue())))
                .toList();
    }

    Outgoing shape(int partition, StreamEntry entry, ObjectNode event) {
        String id = event.path("event_id").asText("");
        String session = event.path("session_id").asText("");
        Slice json = all ? Json.onOneLine(entry.json()) : Json.bytes(shaped(event));
        return new Outgoing(
                partition + "-" + entry.origin(),
                id,
                session,
                entry.name(),
                entry.source(),
                entry.receivedMillis(),
                json);
    }

    private ObjectNode shaped(ObjectNode event) {
        ObjectNode shaped = pick.isEmpty() ? event.deepCopy() : JsonNodeFactory.instance.objectNode();
        for (JsonPointer pointer : pick) {
            JsonNode value = event.at(pointer);
            if (!value.isMissingNode()) {
                put(shaped, pointer, value.deepCopy());
            }
        }
        drop.forEach(pointer -> remove(shaped, pointer));
        List<JsonNode> moved =
                rename.stream().map(from -> remove(shaped, from.getKey())).toList();
        for (int i = 0; i < moved.size(); i++) {
            if (!moved.get(i).isMissingNode()) {
                put(shaped, rename.get(i).getValue(), moved.get(i));
            }
        }
        return shaped;
    }

    /** Objects on the way are made; what stands in the way and is none, is replaced. */
    private static void put(ObjectNode object, JsonPointer pointer, JsonNode value) {
        ObjectNode parent = object;
        JsonPointer rest = pointer;
        while (!rest.tail().matches()) {
            String member = rest.getMatchingProperty();
            parent = parent.get(member) instanceof ObjectNode inner ? inner : parent.putObject(member);
            rest = rest.tail();
        }
        parent.set(rest.getMatchingProperty(), value);
    }

    private static JsonNode remove(ObjectNode object, JsonPointer pointer) {
        JsonNode parent = object.at(pointer.head());
        JsonNode value = object.at(pointer);
        if (parent instanceof ObjectNode inner) {
            inner.remove(pointer.last().getMatchingProperty());
        }
        return value;
    }
}
