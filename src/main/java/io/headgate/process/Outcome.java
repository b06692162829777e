package io.headgate.process;

import io.headgate.destination.Answer;
import io.headgate.stream.Input;
import io.headgate.stream.StreamEntry;
import io.headgate.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of a lane's deliveries: acknowledged, divided, tried again, or dead letters. Belongs to the loop of the
 * processing.
 */
final class Outcome {
    private final Route route;
    private final Ready ready;
    private final Waiting waiting;
    private final Settler settler;
    private final Load load;
    private final Clock clock;

    Outcome(Route route, Ready ready, Waiting waiting, Settler settler, Load load, Clock clock) {
        this.route = route;
        this.ready = ready;
        this.waiting = waiting;
        this.settler = settler;
        this.load = load;
        this.clock = clock;
    }

    /** Those whose failure is to be counted. What fails when the lane is another process's is that one's to deliver. */
    List<Item> of(List<Item> batch, Answer answer, boolean blamed, boolean owned) {
        if (answer instanceof Answer.Refused refused) {
            refused(batch, refused, owned);
            return List.of();
        }
        load.remove(batch);
        if (answer instanceof Answer.Failed failed) {
            return owned ? failed(batch, failed, blamed) : List.of();
        }
        delivered(batch);
        return List.of();
    }

    /** Nobody can ever deliver this entry. */
    void unusable(Input input, StreamEntry entry, Sorted.Unusable unusable) {
        settler.dead(input, route.letter(entry, "", 0, "", unusable.why(), clock.wallMillis()));
    }

    /** The ids of those of a batch that are of an input. */
    static List<String> ids(List<Item> batch, Input input) {
        return batch.stream()
                .filter(item -> item.input() == input)
                .map(item -> item.entry().id())
                .toList();
    }

    private void delivered(List<Item> batch) {
        route.meters().delivered(batch, clock.wallMillis());
        for (Input input : Input.values()) {
            settler.end(input, Settler.End.DELIVERED, ids(batch, input));
        }
        batch.forEach(this::through);
    }

    private void refused(List<Item> batch, Answer.Refused refused, boolean owned) {
        if (batch.size() > 1 && owned) {
            ready.split(batch);
            return;
        }
        load.remove(batch);
        if (batch.size() == 1) {
            bury(batch.get(0), refused.request(), refused.answer());
        }
    }

    private List<Item> failed(List<Item> batch, Answer.Failed failed, boolean blamed) {
        List<Item> again = new ArrayList<>();
        for (Item item : batch) {
            int times = blamed ? item.failed() + 1 : item.failed();
            if (times >= route.attemptsMax()) {
                bury(item, failed.request(), times + " attempts, the last: " + failed.answer());
            } else {
                again.add(new Item(item.input(), item.entry(), item.outgoing(), times, item.retried()));
            }
        }
        again.forEach(this::await);
        if (route.settings().ordered()) {
            holdBackTheirSessions();
        }
        return blamed ? again : List.of();
    }

    private void holdBackTheirSessions() {
        List<Item> behind = ready.takeOut(
                item -> !item.retried() && waiting.holds(item.ref().session()));
        behind.forEach(item -> waiting.addBehind(item.ref()));
        load.remove(behind);
    }

    /** In an ordered lane behind those of its session that wait already, unless it is the first of them itself. */
    private void await(Item item) {
        Ref ref = item.ref();
        if (route.settings().ordered() && !item.retried() && waiting.holds(ref.session())) {
            waiting.addBehind(ref);
        } else {
            waiting.add(
                    ref,
                    clock.nanos() + route.backOff(Math.max(1, item.failed())).toNanos());
        }
    }

    private void bury(Item item, String request, String answer) {
        String eventId = item.outgoing().eventId();
        settler.dead(
                item.input(),
                route.letter(item.entry(), eventId, item.failed() + 1, request, answer, clock.wallMillis()));
        through(item);
    }

    private void through(Item item) {
        if (item.retried()) {
            waiting.through(item.ref(), clock.nanos());
        }
    }
}
