package io.headgate.stream;

/** This Redis, as it is, may not be written to; the message says what to do about it. Trying again does not help. */
public final class StreamRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StreamRefusedException(String whatToDo) {
        super(whatToDo);
    }
}
