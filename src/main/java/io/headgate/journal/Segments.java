package io.headgate.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments that count, oldest first. The writer alone changes it; any thread may take a look at all of them. */
final class Segments {
    private volatile List<Segment> all;

    Segments(List<Segment> found) {
        all = List.copyOf(found);
    }

    /** As they are now; the list never changes. */
    List<Segment> all() {
        return all;
    }

    /** The newest; null when there is none. */
    @Nullable
    Segment last() {
        List<Segment> now = all;
        return now.isEmpty() ? null : now.get(now.size() - 1);
    }

    int count() {
        return all.size();
    }

    /** How many of them hold bytes that nobody wrote. */
    int corrupt() {
        return (int) all.stream().filter(Segment::corrupt).count();
    }

    /** What all of them take on the disk. */
    long bytes() {
        return all.stream().mapToLong(Segment::fileBytes).sum();
    }

    /** What is written in them. */
    long usedBytes() {
        return all.stream().mapToLong(Segment::validBytes).sum();
    }

    void add(Segment segment) {
        List<Segment> more = new ArrayList<>(all);
        more.add(segment);
        all = List.copyOf(more);
    }

    void remove(Segment segment) {
        List<Segment> fewer = new ArrayList<>(all);
        fewer.remove(segment);
        all = List.copyOf(fewer);
    }
}
