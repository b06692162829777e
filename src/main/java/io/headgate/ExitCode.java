package io.headgate;

/** What the process answers when it ends. */
final class ExitCode {
    /** All is well: stopped as asked, valid. */
    static final int OK = 0;

    /** It failed, or events are rejected. */
    static final int FAILED = 1;

    /** Used or configured in a way that is not allowed, or a file that cannot be read. */
    static final int USAGE = 2;

    private ExitCode() {}
}
