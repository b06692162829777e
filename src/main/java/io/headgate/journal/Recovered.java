package io.headgate.journal;

/**
 * What was found in the directory at the start.
 *
 * @param lastNumber the highest segment number there is, void ones included; 0: none
 */
record Recovered(Segments segments, Positions positions, Cursor cursor, long lastNumber) {}
