package io.headgate.alert;

/**
 * What became of a notice at one receiver.
 *
 * @param answer what the receiver answered last, in words; empty when it was never asked
 */
record Fate(End end, String answer) {
    enum End {
        /** The receiver has it: it answered 2xx. */
        DELIVERED,
        /** The receiver will never take it, whatever is tried. */
        GIVEN_UP,
        /** It was taken back. The receiver may have it, if an attempt had begun. */
        WITHDRAWN
    }
}
