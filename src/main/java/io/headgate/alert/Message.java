package io.headgate.alert;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** What one attempt posts: a body of JSON, and headers besides its type. */
record Message(Buffer body, Map<String, String> headers) {
    Message {
        headers = Map.copyOf(headers);
    }

    Message(Buffer body) {
        this(body, Map.of());
    }
}
