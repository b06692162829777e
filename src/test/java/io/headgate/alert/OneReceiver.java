package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An office with one receiver that takes everything, and what it was told; for tests that begin so. */
abstract class OneReceiver {
    static final String KEY = "headgate/gw-1/LeadFlowStopped/shop";

    @TempDir
    Path dir;

    final PlayingReceiver receiver = PlayingReceiver.playing(answer(200));
    Office office;

    @BeforeEach
    void open() {
        office = new Office(dir.resolve("alerts"), Office.hook("hook", receiver));
    }

    @AfterEach
    void close() {
        office.close();
        receiver.close();
    }

    /** A member of the body of each message, in the order in which they came. */
    List<String> told(String member) {
        return receiver.requests().stream()
                .map(request -> Office.body(request).getString(member))
                .toList();
    }

    List<String> ids() {
        return receiver.requests().stream()
                .map(request -> request.headers().get("webhook-id"))
                .toList();
    }

    static List<String> details(JsonObject body) {
        return body.getJsonArray("details").stream().map(String::valueOf).toList();
    }
}
