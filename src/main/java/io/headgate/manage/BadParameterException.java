package io.headgate.manage;

/** A request says something that it may not, or does not say something that it must; the message tells its sender what. */
final class BadParameterException extends Exception {
    private static final long serialVersionUID = 1L;

    BadParameterException(String message) {
        super(message, null, false, false);
    }
}
