package io.headgate.loadtest;

import io.headgate.loadtest.Plan.Fate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What the client knows: which events it sent, and what each answer said of them, held against the plan as it comes. A few
 * bits for each event. Safe for use by any thread.
 */
final class Ledger {
    private static final int EXAMPLES_MAX = 5;
    private static final int ACCEPTED = 202;
    private static final int ALL_REJECTED = 422;

    private final Plan plan;
    private final BitSet sent = new BitSet();
    private final BitSet answered = new BitSet();
    private final BitSet journaled = new BitSet();
    private final List<String> examples = new ArrayList<>();
    private long posts;
    private long answers;
    private long unplanned;
    private long duplicatesUnknown;
    private Sums sums = new Sums(0, 0, 0, 0, 0);

    Ledger(Plan plan) {
        this.plan = plan;
    }

    /** Events by what answers said of them, each post counted. */
    record Sums(long received, long accepted, long duplicate, long rejected, long journaled) {
        private Sums plus(Answer answer) {
            return new Sums(
                    received + answer.received(),
                    accepted + answer.accepted(),
                    duplicate + answer.duplicate(),
                    rejected + answer.rejected(),
                    journaled + answer.journaled());
        }
    }

    /** The request is about to be posted. */
    synchronized void sent(Request request) {
        posts++;
        sent.set((int) request.first(), (int) request.first() + request.events());
    }

    /**
     * What came of a post; says whether it is what was planned.
     *
     * @param post 0 for the first time that this request was posted
     * @param status 0 when no whole answer came
     */
    boolean answered(Request request, int post, int status, byte[] body) {
        if (status != ACCEPTED && status != ALL_REJECTED) {
            unplanned(request, status == 0 ? "no answer" : "status " + status);
            return false;
        }
        try {
            return answered(request, post, status, Answer.read(body));
        } catch (IOException e) {
            unplanned(request, "status " + status + " with a body that is no answer");
            return false;
        }
    }

    private synchronized boolean answered(Request request, int post, int status, Answer answer) {
        answers++;
        sums = sums.plus(answer);
        int first = (int) request.first();
        int end = first + request.events();
        if (answer.journaled() > 0) {
            journaled.set(first, end);
        }
        String difference = difference(request, post, status, answer);
        if (difference.isEmpty()) {
            answered.set(first, end);
        } else {
            unplanned(request, difference);
        }
        return difference.isEmpty();
    }

    /** What of the answer is not as planned; empty when all is. */
    private String difference(Request request, int post, int status, Answer answer) {
        long valid = 0;
        long repeats = 0;
        List<Answer.Rejection> rejections = new ArrayList<>();
        for (int i = 0; i < request.events(); i++) {
            Fate fate = plan.fate(request.first() + i);
            valid += fate == Fate.NEW ? 1 : 0;
            repeats += fate == Fate.REPEAT ? 1 : 0;
            if (fate == Fate.INVALID) {
                rejections.add(rejection(i, request.first() + i));
            }
        }
        long duplicates = post == 0 ? repeats : valid + repeats;
        if (answer.received() != request.events()
                || answer.accepted() + answer.duplicate() != valid + repeats
                || answer.streamed() + answer.journaled() != answer.accepted()
                || answer.rejected() != rejections.size()) {
            return "counts " + answer;
        }
        if (!rejections.equals(answer.rejections())) {
            return "rejected " + answer.rejections() + ", planned " + rejections;
        }
        if (status != (rejections.size() == request.events() ? ALL_REJECTED : ACCEPTED)) {
            return "status " + status;
        }
        // ids are not looked up on the way to the journal
        if (!journaled
                .get((int) request.first(), (int) request.first() + request.events())
                .isEmpty()) {
            duplicatesUnknown += duplicates;
            return "";
        }
        return answer.duplicate() == duplicates ? "" : "duplicates " + answer.duplicate() + ", planned " + duplicates;
    }

    private Answer.Rejection rejection(int index, long event) {
        Fault fault = plan.fault(event);
        return new Answer.Rejection(index, plan.id(event), fault.code, fault.pointer, fault.keyword);
    }

    private synchronized void unplanned(Request request, String what) {
        unplanned++;
        if (examples.size() < EXAMPLES_MAX) {
            examples.add("request " + request.number() + " (" + request.events() + " events): " + what);
        }
    }

    synchronized Sums sums() {
        return sums;
    }

    /** Requests posted. */
    synchronized long posts() {
        return posts;
    }

    /** How many of them were answered with verdicts. */
    synchronized long answers() {
        return answers;
    }

    /** Posts without an answer, or with another than planned. */
    synchronized long unplanned() {
        return unplanned;
    }

    /** Some of these. */
    synchronized List<String> examples() {
        return List.copyOf(examples);
    }

    /** Planned duplicates that could not be told for one, since the journal took an event of their request. */
    synchronized long duplicatesUnknown() {
        return duplicatesUnknown;
    }

    synchronized boolean wasSent(long event) {
        return event < Integer.MAX_VALUE && sent.get((int) event);
    }

    /** New events that were answered as stored: each must be on a stream. */
    BitSet stored() {
        return answered(Fate.NEW);
    }

    /** Invalid events that were answered as rejected: each must have been in the quarantine. */
    BitSet rejected() {
        return answered(Fate.INVALID);
    }

    private synchronized BitSet answered(Fate fate) {
        BitSet events = (BitSet) answered.clone();
        for (int event = events.nextSetBit(0); event >= 0; event = events.nextSetBit(event + 1)) {
            if (plan.fate(event) != fate) {
                events.clear(event);
            }
        }
        return events;
    }
}
