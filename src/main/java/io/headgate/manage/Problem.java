package io.headgate.manage;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Errors of the management port, as problem details (RFC 9457). */
final class Problem {
    private Problem() {}

    /** Nothing was done, or not all of it; to be asked again. */
    static void noRedis(RoutingContext context, Throwable why) {
        send(context, 503, "Redis does not answer", why.getMessage());
    }

    static void send(RoutingContext context, int status, String title, @Nullable String detail) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .encode());
    }
}
