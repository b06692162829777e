package io.headgate.journal;

import java.io.IOException;

/** The journal cannot do what was asked, and says why and what to do, in words for an operator. */
public final class JournalException extends IOException {
    private static final long serialVersionUID = 1;

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
