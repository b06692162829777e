package io.headgate.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request and its one answer. Belongs to its connection's event loop.
 *
 * <p>Promise: it is answered once, or its client is gone; and then all bytes that it held are given back.
 */
final class Exchange {
    /** Smaller answers, which most are, lie in the connection's send buffer, which is bounded by itself. */
    private static final int LARGE_BYTES = 1024;

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence PROBLEM = HttpHeaders.createOptimized("application/problem+json");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("x-content-type-options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence PREFERENCE_APPLIED = HttpHeaders.createOptimized("preference-applied");
    private static final CharSequence RETURN_REPRESENTATION = HttpHeaders.createOptimized("return=representation");
    private static final byte[] NOTHING = {};

    private final Lane lane;
    private final Connection connection;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final long began;

    private boolean posting;
    private boolean forPages;
    private @Nullable String origin;
    private Cors.Access access = Cors.Access.NO_PAGE;
    private long held;
    private boolean over;

    Exchange(Lane lane, Connection connection, HttpServerRequest request, long began) {
        this.lane = lane;
        this.connection = connection;
        this.request = request;
        this.response = request.response();
        this.began = began;
    }

    /** Begins once the client has taken enough of its earlier answers: what it leaves lying is kept in memory. */
    void begin(Reception reception) {
        if (!response.writeQueueFull()) {
            reception.receive(this, request);
            return;
        }
        request.pause();
        response.drainHandler(drained -> {
            response.drainHandler(null);
            reception.receive(this, request);
            request.resume();
        });
    }

    /** It is a batch: from here on it is timed, and readable by that page. */
    void posted(@Nullable String pageOrigin, Cors.Access allowed) {
        posting = true;
        readableBy(pageOrigin, allowed);
    }

    /** It goes to {@code /v1/events}: the answer carries what a browser needs to show it to the page, or to keep it back. */
    void readableBy(@Nullable String pageOrigin, Cors.Access allowed) {
        forPages = true;
        origin = pageOrigin;
        access = allowed;
    }

    /** Takes room for bytes; false if there is none. It is given back with the answer. */
    boolean hold(long bytes) {
        if (!lane.doorway().inFlight().take(bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    /** Takes over room that somebody else took. */
    void holdTaken(long bytes) {
        held += bytes;
    }

    void letGo(long bytes) {
        held -= bytes;
        lane.doorway().inFlight().give(bytes);
    }

    /** Whether it is answered, or its client gone. */
    boolean over() {
        return over;
    }

    /** Whether somebody waits for the answer; if not, the exchange is over, and there is none to be made. */
    boolean awaited() {
        if (response.closed()) {
            abandon();
        }
        return !over;
    }

    /** Answers with a page. */
    void show(Pages.Page page) {
        send(page.reason(), JSON, page.json(), false);
    }

    /** Answers a preflight that is allowed. */
    void allow(Cors.Access allowed, @Nullable String pageOrigin) {
        Cors.preflight(response.headers(), pageOrigin, allowed);
        response.headers().set(HttpHeaders.ALLOW, Route.EVENTS.allow());
        send(Reason.PREFLIGHT, null, NOTHING, false);
    }

    /** Answers a batch. */
    void answer(Reason reason, byte[] json, boolean representation) {
        if (representation) {
            response.headers().set(PREFERENCE_APPLIED, RETURN_REPRESENTATION);
        }
        send(reason, JSON, json, false);
    }

    /** Answers a failure; the connection goes on if what is left of the request is small and sure to come. */
    void refuse(Problem problem) {
        refuse(problem, !connection.whole() && !restIsBounded());
    }

    /** Answers a failure and ends the connection. */
    void refuseAndEnd(Problem problem) {
        refuse(problem, true);
    }

    /** A fault of the gateway; one that keeps it from answering at all ends the connection. */
    void fail(Throwable cause) {
        lane.doorway().faults().failed(cause);
        if (over) {
            connection.close();
        } else {
            refuse(Problem.fault());
        }
    }

    /** What came is no HTTP any more, and Vert.x is about to close the connection. */
    void broken(Problem problem) {
        refuseAndEnd(problem);
        connection.flush();
    }

    /** The client has gone without its answer. */
    void abandon() {
        if (!over) {
            end(Reason.CLIENT_GONE);
            connection.answering(false, false);
        }
    }

    private void refuse(Problem problem, boolean last) {
        if (!over) {
            for (Map.Entry<CharSequence, String> header : problem.headers().entrySet()) {
                response.headers().set(header.getKey(), header.getValue());
            }
            send(problem.reason(), PROBLEM, problem.json(), last);
        }
    }

    private void send(Reason reason, @Nullable CharSequence type, byte[] json, boolean endConnection) {
        if (!awaited()) {
            return;
        }
        boolean last = endConnection || lane.doorway().stopping().get();
        boolean large = json.length > LARGE_BYTES;
        head(reason, type, json.length, last);
        if (large) {
            // before the body is given back, so that nobody takes the room in which both still are
            lane.doorway().inFlight().takeAnyway(json.length);
        }
        end(reason);
        connection.answering(large, last);
        var written = response.end(body(request.method().name().equals("HEAD") ? NOTHING : json));
        if (large || last) {
            written.onComplete(done -> sent(large ? json.length : 0, last));
        }
    }

    /** The bytes themselves: Vert.x's own way would copy them, and hold a large answer twice. */
    private static Buffer body(byte[] json) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(json));
    }

    private void head(Reason reason, @Nullable CharSequence type, int length, boolean last) {
        response.setStatusCode(reason.status());
        MultiMap headers = response.headers();
        if (type != null) {
            headers.set(HttpHeaders.CONTENT_TYPE, type);
            headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(length));
        }
        headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
        headers.set(CONTENT_TYPE_OPTIONS, NOSNIFF);
        if (forPages) {
            Cors.answer(headers, origin, access);
        }
        if (last) {
            headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    private void end(Reason reason) {
        over = true;
        lane.doorway().inFlight().give(held);
        held = 0;
        lane.doorway().meters().ended(reason);
        if (posting) {
            lane.doorway().meters().took(lane.now() - began);
        }
    }

    private void sent(int largeBytes, boolean last) {
        if (largeBytes > 0) {
            lane.doorway().inFlight().give(largeBytes);
            connection.answerTaken();
        }
        if (last) {
            connection.linger();
        }
    }

    private boolean restIsBounded() {
        MultiMap headers = request.headers();
        return RequestHead.contentLength(headers) >= 0
                && RequestHead.contentLength(headers)
                        <= lane.doorway().settings().bodyBytesMax()
                && !headers.contains(HttpHeaders.EXPECT);
    }
}
