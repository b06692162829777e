package io.headgate.alert;

/**
 * What one receiver answered to a test.
 *
 * @param ok whether it took the test alert and its resolution
 * @param answer in words, without any secret
 * @param millis how long the test alert took, from the connection to the answer
 */
public record TestResult(String receiver, String type, boolean ok, String answer, long millis) {}
