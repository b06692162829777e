package io.headgate.manage;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may look and who may act. An operator's browser can be made to send requests by any web page it shows, so:
 *
 * <ul>
 *   <li>the {@code Host} must be the configured one, {@code localhost} or an address, never a name that a page's owner
 *       could point here (DNS rebinding);
 *   <li>whatever changes something needs the header {@code X-Headgate: 1}, which a page of another origin cannot set
 *       without a preflight, and preflights are not answered;
 *   <li>where a token is configured it is needed for everything behind this guard.
 * </ul>
 */
final class Guard implements Handler<RoutingContext> {
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]|[0-9a-f]*:[0-9a-f:.]+");
    private static final String BEARER = "bearer ";

    private final String host;
    private final byte[] token;

    Guard(ManageSettings settings) {
        this.host = settings.host().toLowerCase(Locale.ROOT);
        this.token = settings.token().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.headers().getAll(HttpHeaders.HOST).size() > 1 || !knownHost(request.authority())) {
            Problem.send(
                    context, 403, "not under this host name", "ask by the configured host, localhost or an address");
        } else if (token.length > 0 && !holdsToken(request)) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            Problem.send(context, 401, "the management token is needed", "send Authorization: Bearer TOKEN");
        } else if (changes(request.method()) && !"1".equals(request.getHeader("X-Headgate"))) {
            Problem.send(
                    context,
                    403,
                    "not without X-Headgate",
                    "send the header X-Headgate: 1 with what changes something");
        } else {
            context.next();
        }
    }

    private boolean knownHost(@Nullable HostAndPort authority) {
        if (authority == null) {
            return false;
        }
        String name = authority.host().toLowerCase(Locale.ROOT);
        return name.equals(host)
                || name.equals("localhost")
                || ADDRESS.matcher(name).matches();
    }

    private boolean holdsToken(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return false;
        }
        byte[] given = header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, token);
    }

    private static boolean changes(HttpMethod method) {
        return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    }
}
