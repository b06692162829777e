package io.headgate.loadtest;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;

import io.gatling.javaapi.core.OpenInjectionStep;
import java.util.List;
import java.util.stream.LongStream;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.concurrent.duration.FiniteDuration;

/**
 * When the users of an open shape are due, as Gatling reckons it: whole users in each part of the run, spread over it,
 * which is not {@code n / rate}. Taken from the very steps that Gatling is given. Eight bytes a user. Immutable; safe for
 * use by any thread.
 */
final class Arrivals {
    private final long[] offsetsNanos;

    private Arrivals(long[] offsetsNanos) {
        this.offsetsNanos = offsetsNanos;
    }

    /** Of a shape; nobody is due where it is closed. */
    static Arrivals of(Scenario.Shape shape) {
        List<OpenInjectionStep> steps = shape.open() ? steps(shape) : List.of();
        Iterator<FiniteDuration> users = Iterator$.MODULE$.empty();
        for (int i = steps.size() - 1; i >= 0; i--) {
            users = steps.get(i).asScala().chain(users);
        }
        LongStream.Builder offsets = LongStream.builder();
        while (users.hasNext()) {
            offsets.add(users.next().toNanos());
        }
        return new Arrivals(offsets.build().toArray());
    }

    /** What Gatling is told of an open shape. */
    static List<OpenInjectionStep> steps(Scenario.Shape shape) {
        OpenInjectionStep measured =
                constantUsersPerSec(shape.requestsPerSecond()).during(shape.seconds());
        return shape.warmUp() == 0
                ? List.of(measured)
                : List.of(constantUsersPerSec(shape.requestsPerSecond()).during(shape.warmUp()), measured);
    }

    int users() {
        return offsetsNanos.length;
    }

    /**
     * When a user is due, from the run's beginning.
     *
     * @param number 0 to {@link #users} - 1, in the order in which they come
     */
    long offsetNanos(long number) {
        return offsetsNanos[Math.toIntExact(number)];
    }
}
