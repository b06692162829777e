package io.headgate.http;

import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;

/** The door cannot have its port; the message names the settings, what stands in the way, and what to set. */
public final class CannotListenException extends IOException {
    private static final long serialVersionUID = 1L;

    private CannotListenException(String message, Throwable cause) {
        super(message, cause);
    }

    static CannotListenException of(HttpSettings settings, Throwable cause) {
        String host = settings.host();
        int port = settings.port();
        String text = String.valueOf(cause.getMessage());
        if (cause instanceof UnknownHostException) {
            return new CannotListenException("http.host " + host + " is not known; set http.host", cause);
        }
        if (cause instanceof BindException && text.startsWith("Cannot assign")) {
            return new CannotListenException(
                    "http.host " + host + " is no address of this machine; set http.host", cause);
        }
        if (cause instanceof BindException && text.startsWith("Address already in use")) {
            return new CannotListenException("http.port " + port + " on " + host + " is taken; set http.port", cause);
        }
        return new CannotListenException(
                "http.port " + port + " on " + host + " cannot be opened (" + text + "); set http.port or http.host",
                cause);
    }
}
