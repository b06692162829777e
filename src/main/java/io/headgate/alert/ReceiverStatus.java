package io.headgate.alert;

/**
 * How one receiver does.
 *
 * @param waiting notices that it does not have yet
 * @param lastAnswer what it answered last, in words; empty when it was never asked
 * @param lastSuccessMillis when it answered 2xx last, in milliseconds since 1970; 0: never in this process
 * @param failingMillis for how long a message that still waits has not been taken, from its first failure; 0: there is none
 * @param delivered notices that it took, from the start of the process
 * @param attempts made, those of tests and refreshes included
 * @param givenUp notices that it refused for good
 */
public record ReceiverStatus(
        String name,
        String type,
        int waiting,
        String lastAnswer,
        long lastSuccessMillis,
        long failingMillis,
        long delivered,
        long attempts,
        long givenUp) {}
