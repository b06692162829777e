package io.headgate.process;

import io.headgate.stream.DeadLetter;
import io.headgate.stream.DeadLetters;
import io.headgate.stream.GroupState;
import io.headgate.stream.Upkeep;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What brings events to a route once more: dead letters, and what is on the streams yet. Each call goes through the
 * partitions in turn, in steps that Redis does not feel; what was done when one fails stays done, and the call may be made
 * again. Safe for use by any thread.
 */
public final class Redelivery {
    /** {@code PARTITION-ID}. */
    private static final Pattern ID = Pattern.compile("(\\d{1,5})-(\\d{1,18}-\\d{1,18})");

    private static final int STEP = 100;
    private static final int REPLAY_STEP = 500;

    private final DeadLetters letters;
    private final Upkeep upkeep;
    private final int partitions;

    Redelivery(DeadLetters letters, Upkeep upkeep, int partitions) {
        this.letters = letters;
        this.upkeep = upkeep;
        this.partitions = partitions;
    }

    /**
     * Which dead letters are meant: all for which each part holds.
     *
     * @param id such as {@code 2-1700000000000-0}
     * @param answer text that its answer contains
     * @param fromMillis when it was given up, at the earliest, in milliseconds since 1970
     * @param toMillis at the latest
     */
    public record Filter(
            Optional<String> id,
            Optional<String> route,
            Optional<String> event,
            Optional<String> answer,
            long fromMillis,
            long toMillis) {
        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, Long.MAX_VALUE);

        boolean takes(Found found) {
            DeadLetter letter = found.letter();
            return id.map(found.id()::equals).orElse(true)
                    && route.map(letter.route()::equals).orElse(true)
                    && event.map(letter.entry().name()::equals).orElse(true)
                    && answer.map(letter.answer()::contains).orElse(true)
                    && letter.atMillis() >= fromMillis
                    && letter.atMillis() <= toMillis;
        }
    }

    /**
     * A dead letter and its name.
     *
     * @param id {@code PARTITION-ID}, by which it is asked for
     */
    public record Found(String id, DeadLetter letter) {}

    /** How many dead letters there are in all. */
    public Future<Long> count() {
        List<Future<Long>> counts =
                IntStream.range(0, partitions).mapToObj(letters::count).toList();
        return Future.all(counts)
                .map(all -> counts.stream().mapToLong(Future::result).sum());
    }

    /** The first so many, partition by partition, each oldest first. */
    public Future<List<Found>> find(Filter filter, int max) {
        List<Found> found = new ArrayList<>();
        return walk(filter, page -> {
                    found.addAll(page);
                    return Future.succeededFuture(found.size() < max);
                })
                .map(done -> found.subList(0, Math.min(max, found.size())));
    }

    /** How many there are. */
    public Future<Long> count(Filter filter) {
        long[] count = new long[1];
        return walk(filter, page -> {
                    count[0] += page.size();
                    return Future.succeededFuture(true);
                })
                .map(done -> count[0]);
    }

    /** How many there are of each route that has any. */
    public Future<Map<String, Long>> countByRoute(Filter filter) {
        Map<String, Long> counts = new TreeMap<>();
        return walk(filter, page -> {
                    page.forEach(found -> counts.merge(found.letter().route(), 1L, Long::sum));
                    return Future.succeededFuture(true);
                })
                .map(done -> counts);
    }

    /** Brings them on their way again; answers how many. */
    public Future<Long> redrive(Filter filter) {
        return each(filter, letters::redrive);
    }

    /** Removes them for good; answers how many. */
    public Future<Long> remove(Filter filter) {
        return each(filter, letters::remove);
    }

    /**
     * Sends what is on the streams to a route once more, as far as the route wants it. Redis holds a copy of each until it
     * is delivered, so it stops where {@value Trimmer#PRESSED_PERCENT} % of Redis's memory is used. The failure says how
     * many were sent by then; called again it sends those twice, under the same keys.
     *
     * @param fromMillis stored then or later, in milliseconds since 1970 by Redis's clock
     * @param toMillis stored then or before
     * @param countOnly does nothing but count
     */
    public Future<Long> replay(String route, long fromMillis, long toMillis, boolean countOnly) {
        Future<Long> all = Future.succeededFuture(0L);
        for (int p = 0; p < partitions; p++) {
            int partition = p;
            all = all.compose(before ->
                    replay(route, partition, Long.toString(fromMillis), Long.toString(toMillis), countOnly, before));
        }
        return all;
    }

    private Future<Void> requireRoom() {
        return upkeep.memoryUsed()
                .compose(share -> share * 100 <= Trimmer.PRESSED_PERCENT
                        ? Future.succeededFuture()
                        : Future.failedFuture("Redis has used more than " + Trimmer.PRESSED_PERCENT
                                + " % of its memory, and would hold a copy of each event: give it more, or wait until"
                                + " what is delivered was trimmed"));
    }

    private static Throwable stopped(Throwable why, long sent) {
        return new IllegalStateException(sent + " events are on their way, then it stopped: " + why.getMessage(), why);
    }

    private Future<Long> replay(String route, int partition, String from, String to, boolean countOnly, long before) {
        long[] sent = {before};
        String[] at = {from};
        return Repeat.whileTrue(() -> (countOnly ? Future.<Void>succeededFuture() : requireRoom())
                        .compose(room ->
                                letters.replay(GroupState.ROUTE + route, partition, at[0], to, REPLAY_STEP, countOnly))
                        .map(step -> {
                            sent[0] += step.entries();
                            at[0] = "(" + step.last();
                            return step.entries() >= REPLAY_STEP;
                        }))
                .recover(why -> Future.failedFuture(countOnly ? why : stopped(why, sent[0])))
                .map(done -> sent[0]);
    }

    private interface Step {
        Future<Integer> run(int partition, List<String> ids);
    }

    private Future<Long> each(Filter filter, Step step) {
        long[] count = new long[1];
        return walk(filter, page -> {
                    if (page.isEmpty()) {
                        return Future.succeededFuture(true);
                    }
                    int partition = partition(page.get(0).id());
                    return step.run(
                                    partition,
                                    page.stream().map(Redelivery::own).collect(Collectors.toList()))
                            .map(done -> {
                                count[0] += done;
                                return true;
                            });
                })
                .map(done -> count[0]);
    }

    private interface Visitor {
        /** Whether to go on. */
        Future<Boolean> visit(List<Found> page);
    }

    /** One that is asked for by its id is looked up, and no other. */
    private Future<Void> walk(Filter filter, Visitor visitor) {
        if (filter.id().isEmpty()) {
            return walkAll(filter, visitor);
        }
        Matcher id = ID.matcher(filter.id().get());
        if (!id.matches() || Integer.parseInt(id.group(1)) >= partitions) {
            return Future.succeededFuture();
        }
        int partition = Integer.parseInt(id.group(1));
        return letters.read(partition, id.group(2), id.group(2), 1)
                .compose(page -> visitor.visit(found(filter, partition, page)))
                .mapEmpty();
    }

    /** Up to the last that is there now: what becomes a dead letter once more meanwhile is not met again. */
    private Future<Void> walkAll(Filter filter, Visitor visitor) {
        int[] partition = {0};
        return Repeat.whileTrue(() -> {
            int p = partition[0]++;
            return letters.last(p)
                    .compose(to -> to.isEmpty() ? Future.succeededFuture(true) : pages(filter, p, to, visitor))
                    .map(on -> on && p + 1 < partitions);
        });
    }

    private Future<Boolean> pages(Filter filter, int partition, String to, Visitor visitor) {
        boolean[] on = {true};
        String[] from = {"-"};
        return Repeat.whileTrue(() -> letters.read(partition, from[0], to, STEP).compose(page -> {
                    boolean last = page.size() < STEP;
                    from[0] = last ? "" : "(" + page.get(page.size() - 1).id();
                    return visitor.visit(found(filter, partition, page)).map(more -> {
                        on[0] = more;
                        return more && !last;
                    });
                }))
                .map(done -> on[0]);
    }

    private static List<Found> found(Filter filter, int partition, List<DeadLetters.Kept> page) {
        return page.stream()
                .map(kept -> new Found(partition + "-" + kept.id(), kept.letter()))
                .filter(filter::takes)
                .toList();
    }

    private static int partition(String id) {
        return Integer.parseInt(id.substring(0, id.indexOf('-')));
    }

    /** The id on its partition. */
    private static String own(Found found) {
        return found.id().substring(found.id().indexOf('-') + 1);
    }
}
