package io.headgate.http;

import io.headgate.ingest.Answer;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A {@code POST /v1/events}, from its head to its answer. Belongs to its connection's event loop. */
final class EventsPost {
    private final Lane lane;
    private final Exchange exchange;
    private final HttpServerRequest request;
    private final RequestHead head;
    private final Body body = new Body();

    EventsPost(Lane lane, Exchange exchange, HttpServerRequest request) {
        this.lane = lane;
        this.exchange = exchange;
        this.request = request;
        this.head = RequestHead.of(request);
    }

    /** Decides by the head alone; only if that is acceptable is the body read, or asked for. */
    void begin() {
        Source source = lane.doorway().sources().withKey(head.key());
        if (source == null) {
            exchange.posted(head.origin(), lane.doorway().sources().anyAccess(head.origin()));
            exchange.refuse(Problem.unknownKey(head.key() != null));
            return;
        }
        exchange.posted(head.origin(), source.access(head.origin()));
        BodyFormat format = BodyFormat.of(head.contentType());
        Boolean gzip = head.gzip();
        Problem problem = problem(source, format, gzip);
        if (problem != null || format == null || gzip == null) {
            exchange.refuse(problem == null ? Problem.contentType() : problem);
            return;
        }
        if (head.expectsContinue()) {
            request.response().writeContinue();
        }
        request.exceptionHandler(this::broken);
        request.handler(this::received);
        request.endHandler(end -> whole(source, format, gzip));
    }

    private @Nullable Problem problem(Source source, @Nullable BodyFormat format, @Nullable Boolean gzip) {
        if (source.access(head.origin()) == Cors.Access.REFUSED) {
            return Problem.origin();
        }
        long wait = source.takeRequest();
        if (wait > 0) {
            return Problem.requestRate(source.requestsPerSecond(), Duration.ofNanos(wait));
        }
        if (format == null) {
            return Problem.contentType();
        }
        if (gzip == null) {
            return Problem.contentEncoding();
        }
        return head.contentLength() > lane.doorway().settings().bodyBytesMax() ? bodyTooLarge() : null;
    }

    private void received(Buffer chunk) {
        if (exchange.over()) {
            return;
        }
        if ((long) body.length() + chunk.length() > lane.doorway().settings().bodyBytesMax()) {
            exchange.refuse(bodyTooLarge());
        } else if (!exchange.hold(chunk.length())) {
            exchange.refuse(Problem.inFlight());
        } else {
            body.append(chunk, head.contentLength());
        }
    }

    /** The connection broke off, or what came is no HTTP any more. */
    private void broken(Throwable cause) {
        if (request.response().closed()) {
            exchange.abandon();
        } else {
            exchange.broken(Problem.badRequest("The body's chunks are not valid HTTP/1.1."));
        }
    }

    private void whole(Source source, BodyFormat format, boolean gzip) {
        if (exchange.over()) {
            return;
        }
        try {
            if (gzip) {
                lane.inflate(body.bytes()).onComplete(done -> inflated(source, format, done));
            } else {
                take(source, format, body.bytes());
            }
        } catch (RuntimeException e) {
            exchange.fail(e);
        }
    }

    /** Goes on with the inflated body, in whose place the compressed one is given back. */
    private void inflated(Source source, BodyFormat format, AsyncResult<Gunzip.Result> done) {
        if (done.failed()) {
            exchange.fail(done.cause());
        } else if (done.result() instanceof Gunzip.Whole whole) {
            exchange.holdTaken(whole.data().length);
            exchange.letGo(body.length());
            take(source, format, whole.data());
        } else {
            exchange.refuse(problem(done.result()));
        }
    }

    private void take(Source source, BodyFormat format, byte[] bytes) {
        try {
            lane.doorway()
                    .ingest()
                    .take(source.name(), source.events(), bytes, format == BodyFormat.NDJSON)
                    .onComplete(this::answered);
        } catch (RuntimeException e) {
            exchange.fail(e);
        }
    }

    private Problem problem(Gunzip.Result failure) {
        if (failure instanceof Gunzip.Broken broken) {
            return Problem.badGzip(broken.detail());
        }
        return failure instanceof Gunzip.TooLarge
                ? Problem.inflatedTooLarge(lane.doorway().settings().inflatedBytesMax())
                : Problem.inFlight();
    }

    private void answered(AsyncResult<Answer> result) {
        try {
            if (result.failed()) {
                exchange.fail(result.cause());
            } else if (exchange.awaited()) {
                answer(result.result());
            }
        } catch (RuntimeException e) {
            exchange.fail(e);
        }
    }

    private void answer(Answer answer) {
        if (answer instanceof Answer.Verdicts verdicts) {
            Reason reason = verdicts.accepted() + verdicts.duplicate() > 0 ? Reason.STORED : Reason.ALL_REJECTED;
            exchange.answer(
                    reason, lane.doorway().answers().write(verdicts, head.representation()), head.representation());
        } else {
            exchange.refuse(Problem.of(answer));
        }
    }

    private Problem bodyTooLarge() {
        return Problem.bodyTooLarge(lane.doorway().settings().bodyBytesMax());
    }
}
