package io.headgate.embedded;

/** The embedded Redis cannot be had. The message is for a person: it says what stands in the way and what to do. */
public final class EmbeddedRedisException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedRedisException(String message) {
        super(message);
    }

    EmbeddedRedisException(String message, Throwable cause) {
        super(message, cause);
    }
}
