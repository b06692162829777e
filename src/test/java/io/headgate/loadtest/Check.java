package io.headgate.loadtest;

/**
 * One line of the verdict.
 *
 * @param name what was held against what
 * @param pass whether it is as it must be
 * @param detail the figures, or what could not be read
 */
record Check(String name, boolean pass, String detail) {}
