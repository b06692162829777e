package io.headgate.process;

import io.headgate.stream.Input;
import io.headgate.stream.PendingEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Entries that the group was given, that nobody has acknowledged, and that this process does not have in hand: another
 * left them, or the answer that brought them got lost. Listed by the page, to their end. Belongs to the loop of the processing.
 */
final class Left {
    static final int PAGE = 1_000;

    private final Set<Input> unlisted = EnumSet.noneOf(Input.class);
    private final Map<Input, String> listedTo = new HashMap<>();
    private final Deque<Ref> refs = new ArrayDeque<>();

    /** All is to be listed from its beginning. */
    void listAnew() {
        unlisted.addAll(EnumSet.allOf(Input.class));
        listedTo.clear();
    }

    void clear() {
        refs.clear();
    }

    /** The input whose next page is to be listed; empty when all is listed. */
    Optional<Input> unlisted() {
        return unlisted.stream().findFirst();
    }

    /** The id from which that page is to be listed. */
    String from(Input input) {
        return listedTo.getOrDefault(input, "-");
    }

    /** A page was listed; {@code handled} of it are in hand. */
    void listed(Input input, List<PendingEntry> page, Set<String> handled) {
        Set<String> known = new HashSet<>(handled);
        refs.stream().filter(ref -> ref.input() == input).forEach(ref -> known.add(ref.id()));
        for (PendingEntry entry : page) {
            if (!known.contains(entry.id())) {
                refs.add(new Ref(input, entry.id(), entry.failed(), ""));
            }
        }
        if (page.size() < PAGE) {
            unlisted.remove(input);
        } else {
            listedTo.put(input, "(" + page.get(page.size() - 1).id());
        }
    }

    boolean isEmpty() {
        return refs.isEmpty();
    }

    /** Takes out the next of one input. */
    List<Ref> next(int max) {
        List<Ref> next = new ArrayList<>();
        while (!refs.isEmpty()
                && next.size() < max
                && (next.isEmpty() || refs.peek().input() == next.get(0).input())) {
            next.add(refs.remove());
        }
        return next;
    }

    /** They could not be taken. */
    void putBack(List<Ref> taken) {
        for (int i = taken.size() - 1; i >= 0; i--) {
            refs.addFirst(taken.get(i));
        }
    }
}
