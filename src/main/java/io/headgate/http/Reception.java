package io.headgate.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leads a request to whoever answers it. Belongs to one lane.
 *
 * <p>A switch over six paths, not a router: there is nothing to configure, and every batch passes here.
 */
final class Reception {
    private final Lane lane;
    private final Pages pages;
    private final Sources sources;

    Reception(Lane lane, Doorway doorway) {
        this.lane = lane;
        this.pages = doorway.pages();
        this.sources = doorway.sources();
    }

    void receive(Exchange exchange, HttpServerRequest request) {
        try {
            Problem fault = fault(request);
            if (fault != null) {
                showToPage(exchange, request);
                exchange.refuseAndEnd(fault);
            } else {
                route(exchange, request);
            }
        } catch (RuntimeException e) {
            exchange.fail(e);
        }
    }

    /** What the decoder lets pass and RFC 9112 does not; null when there is nothing. */
    private static @Nullable Problem fault(HttpServerRequest request) {
        HttpVersion version = request.version();
        if (version == null) {
            return Problem.badRequest("Speak HTTP/1.1 or HTTP/1.0.");
        }
        if (version == HttpVersion.HTTP_1_1
                && request.headers().getAll(HttpHeaders.HOST).size() != 1) {
            return Problem.badRequest("An HTTP/1.1 request has one Host header.");
        }
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return codings.isEmpty() || isChunked(version, codings)
                ? null
                : Problem.badRequest("The one transfer coding is chunked, by itself and in HTTP/1.1. "
                        + "A gzipped body has Content-Encoding: gzip.");
    }

    /** The decoder takes for chunked whatever names it, also behind a coding that it does not undo. */
    private static boolean isChunked(HttpVersion version, List<String> codings) {
        return version == HttpVersion.HTTP_1_1
                && codings.size() == 1
                && codings.get(0).strip().equalsIgnoreCase("chunked");
    }

    private void route(Exchange exchange, HttpServerRequest request) {
        String path = request.path();
        Route route = path == null ? null : Route.of(path);
        String method = request.method().name();
        if (route == null || path == null) {
            exchange.refuse(Problem.notFound("There is nothing at this path; /openapi.json tells what there is."));
        } else if (!route.allows(method)) {
            showToPage(exchange, request);
            exchange.refuse(Problem.method(route.allow()));
        } else if (route != Route.EVENTS) {
            page(exchange, pages.page(route, path));
        } else if (method.equals("POST")) {
            new EventsPost(lane, exchange, request).begin();
        } else {
            preflight(exchange, request.getHeader(HttpHeaders.ORIGIN));
        }
    }

    /** Lets a page read why its events were refused, before it is known whose they are. */
    private void showToPage(Exchange exchange, HttpServerRequest request) {
        String path = request.path();
        if (path != null && Route.of(path) == Route.EVENTS) {
            String origin = request.getHeader(HttpHeaders.ORIGIN);
            exchange.readableBy(origin, sources.anyAccess(origin));
        }
    }

    private static void page(Exchange exchange, Pages.@Nullable Page page) {
        if (page == null) {
            exchange.refuse(Problem.notFound("The taxonomy has no event type of this name; /v1/schema lists them."));
        } else {
            exchange.show(page);
        }
    }

    private void preflight(Exchange exchange, @Nullable String origin) {
        Cors.Access access = sources.anyAccess(origin);
        if (access == Cors.Access.REFUSED) {
            exchange.refuse(Problem.preflightOrigin());
        } else {
            exchange.allow(access, origin);
        }
    }
}
