package io.headgate;

/** The gateway cannot start; the message is for a person and says what stands in the way. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
