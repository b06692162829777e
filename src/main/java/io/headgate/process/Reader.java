package io.headgate.process;

import io.headgate.stream.ConsumerGroups;
import io.headgate.stream.Input;
import io.headgate.stream.StreamEntry;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lane asks of Redis, one thing at a time: first what others left, to its end, looked for anew every {@value
 * #LIST_SECONDS} s; then what is due again; then what is new, as long as there is room.
 *
 * <p>It asks again at once while there is much, and ever more rarely while there is nothing, from the destination's linger
 * up to {@value #IDLE_MILLIS_MAX} ms. Why not a blocking read: it would hold a connection for each lane, and hand out each
 * event by itself as it comes. Belongs to the loop of the processing.
 */
final class Reader {
    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);
    private static final int READ_MAX = 500;
    private static final int IDLE_MILLIS_MIN = 5;
    static final int IDLE_MILLIS_MAX = 100;
    private static final Duration TROUBLE = Duration.ofSeconds(1);
    /** A Redis that starts again, or a replica that takes its place, may have forgotten what it had confirmed. */
    private static final int LIST_SECONDS = 10;

    private static final int EVENT_BYTES_FIRST = 16 * 1024;

    /** Where it reads, and as whom. */
    record Source(ConsumerGroups groups, String consumer, boolean fromStart, Duration linger) {}

    private final String group;
    private final int partition;
    private final Source source;
    private final Lane lane;
    private final Waiting waiting;
    private final Clock clock;
    private final Timers timers;
    private final Left left = new Left();
    private boolean reading;
    private boolean asking;
    private long turn;
    private long idleMillis = IDLE_MILLIS_MIN;
    private long eventBytes = EVENT_BYTES_FIRST;
    private long listedNanos;
    private boolean made;
    private boolean troubled;
    private boolean full;
    private Timers.@Nullable Timer later;

    Reader(String group, int partition, Source source, Lane lane, Waiting waiting, Clock clock, Timers timers) {
        this.group = group;
        this.partition = partition;
        this.source = source;
        this.lane = lane;
        this.waiting = waiting;
        this.clock = clock;
        this.timers = timers;
    }

    void begin() {
        reading = true;
        turn++;
        left.listAnew();
        left.clear();
        make();
    }

    void end() {
        reading = false;
        turn++;
        asking = false;
        cancel();
    }

    /** There may be room again, or something is due. */
    void look() {
        if (reading && !asking && !troubled && (full || waiting.nextNanos(clock.nanos()) == 0)) {
            next();
        }
    }

    /** Counts a failure of these, so that the count outlives this process. That it is late, or lost, harms nothing. */
    void countFailures(List<Item> items) {
        for (Input input : Input.values()) {
            List<String> ids = Outcome.ids(items, input);
            if (!ids.isEmpty()) {
                source.groups()
                        .failed(group, partition, input, ids)
                        .onFailure(why -> LOG.debug("failures were not counted", why));
            }
        }
    }

    private void next() {
        cancel();
        if (!reading || asking) {
            return;
        }
        if (left.unlisted().isEmpty() && clock.nanos() - listedNanos > LIST_SECONDS * 1_000_000_000L) {
            left.listAnew();
        }
        int room = Math.min(READ_MAX, lane.room(eventBytes));
        full = room <= 0;
        if (full) {
            after(Duration.ofMillis(IDLE_MILLIS_MAX));
        } else if (!left.isEmpty()) {
            takeLeft(room);
        } else if (left.unlisted().isPresent()) {
            list(left.unlisted().get());
        } else if (waiting.nextNanos(clock.nanos()) == 0) {
            List<Ref> due = waiting.due(clock.nanos(), room);
            takeDue(due);
        } else if (lane.manyWait()) {
            full = true;
            after(Duration.ofMillis(IDLE_MILLIS_MAX));
        } else {
            read(room);
        }
    }

    /** Lists what the group was given before, a page. */
    private void list(Input input) {
        ask(source.groups().pending(group, partition, input, left.from(input), Left.PAGE), page -> {
            left.listed(input, page, page.isEmpty() ? Set.of() : lane.handled(input));
            listedNanos = clock.nanos();
            next();
        });
    }

    private void takeLeft(int max) {
        List<Ref> refs = left.next(max);
        Map<String, Integer> failed = refs.stream().collect(Collectors.toMap(Ref::id, Ref::failed));
        Input input = refs.get(0).input();
        ask(
                take(input, refs),
                entries -> {
                    weigh(entries);
                    lane.take(input, entries, failed);
                    lane.gone(refs, entries);
                    next();
                },
                () -> left.putBack(refs));
    }

    private void takeDue(List<Ref> refs) {
        ask(
                take(refs.get(0).input(), refs),
                entries -> {
                    weigh(entries);
                    lane.takeAgain(refs, entries);
                    next();
                },
                () -> refs.forEach(ref -> waiting.add(ref, clock.nanos() + TROUBLE.toNanos())));
    }

    private Future<List<StreamEntry>> take(Input input, List<Ref> refs) {
        return source.groups()
                .take(
                        group,
                        source.consumer(),
                        partition,
                        input,
                        refs.stream().map(Ref::id).toList());
    }

    private void read(int room) {
        ask(source.groups().read(group, source.consumer(), partition, room), read -> {
            int most = 0;
            for (Map.Entry<Input, List<StreamEntry>> input : read.entrySet()) {
                weigh(input.getValue());
                most = Math.max(most, input.getValue().size());
                lane.take(input.getKey(), input.getValue(), Map.of());
            }
            if (most >= room) {
                next();
            } else {
                idleMillis = most > 0 ? IDLE_MILLIS_MIN : Math.min(IDLE_MILLIS_MAX, 2 * idleMillis);
                after(Duration.ofMillis(Math.max(idleMillis, source.linger().toMillis())));
            }
        });
    }

    private void weigh(List<StreamEntry> entries) {
        if (!entries.isEmpty()) {
            long sum =
                    entries.stream().mapToLong(entry -> entry.json().length()).sum();
            eventBytes = Math.max(1, (eventBytes + sum / entries.size()) / 2);
        }
    }

    private <T> void ask(Future<T> question, Consumer<T> then) {
        ask(question, then, () -> {});
    }

    /** {@code undo} puts back what the question was about, where it failed. An answer that comes after an end is let go. */
    private <T> void ask(Future<T> question, Consumer<T> then, Runnable undo) {
        asking = true;
        long asked = turn;
        question.onComplete(answer -> {
            if (asked != turn) {
                return;
            }
            asking = false;
            if (answer.succeeded()) {
                trouble(null);
                then.accept(answer.result());
            } else {
                undo.run();
                // Redis may have handed entries out in an answer that got lost
                left.listAnew();
                trouble(answer.cause());
            }
        });
    }

    private void trouble(@Nullable Throwable why) {
        if (why == null) {
            troubled = false;
            return;
        }
        if (!troubled) {
            troubled = true;
            LOG.warn("streams_cannot_be_read group={} partition={} why={}", group, partition, why.toString());
        }
        boolean gone = String.valueOf(why.getMessage()).startsWith("NOGROUP");
        later = timers.once(TROUBLE, gone ? this::make : this::next);
    }

    /**
     * A group that was there before, and is not now, was removed by somebody, or all of Redis's data was: what is there now is
     * read from its beginning, whatever is said of a new route.
     */
    private void make() {
        later = null;
        boolean fromStart = made || source.fromStart();
        ask(source.groups().create(group, partition, fromStart), done -> {
            made = true;
            next();
        });
    }

    private void after(Duration wait) {
        long due = waiting.nextNanos(clock.nanos());
        Duration sooner = due < wait.toNanos() ? Duration.ofNanos(due) : wait;
        later = timers.once(sooner.toMillis() < 1 ? Duration.ofMillis(1) : sooner, this::next);
    }

    private void cancel() {
        if (later != null) {
            later.cancel();
            later = null;
        }
    }
}
