package io.headgate.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The segment files of a directory, told apart by their headers alone.
 *
 * @param segments those that count, oldest first; the newest with all its bytes, the others up to where their successor
 *     says that they count
 * @param voids files whose making or first write failed; nothing in them counts
 * @param unreadable files of which no header is whole
 * @param lastNumber the highest number there is, 0 for none
 */
record Chain(List<Segment> segments, List<String> voids, List<String> unreadable, long lastNumber) {
    Chain {
        segments = List.copyOf(segments);
        voids = List.copyOf(voids);
        unreadable = List.copyOf(unreadable);
    }

    static Chain read(Disk disk) throws IOException {
        TreeMap<Long, Segment> whole = new TreeMap<>();
        List<String> unreadable = new ArrayList<>();
        long lastNumber = 0;
        for (String name : disk.names()) {
            Optional<Long> number = Segment.number(name);
            if (number.isPresent()) {
                lastNumber = Math.max(lastNumber, number.get());
                read(disk, name)
                        .filter(segment -> segment.header().number() == number.get())
                        .ifPresentOrElse(segment -> whole.put(number.get(), segment), () -> unreadable.add(name));
            }
        }
        return link(whole, unreadable, lastNumber);
    }

    /** Goes from the newest back: each says which one is before it. */
    private static Chain link(TreeMap<Long, Segment> whole, List<String> unreadable, long lastNumber) {
        Deque<Segment> segments = new ArrayDeque<>();
        List<String> voids = new ArrayList<>();
        for (Map.Entry<Long, Segment> entry : whole.descendingMap().entrySet()) {
            Segment segment = entry.getValue();
            Segment after = segments.peekFirst();
            if (after != null && entry.getKey() > after.header().previous()) {
                voids.add(segment.name());
                continue;
            }
            if (after != null && entry.getKey() == after.header().previous()) {
                segment.grown(Math.min(after.header().previousBytes(), segment.fileBytes()));
            }
            segments.addFirst(segment);
        }
        return new Chain(List.copyOf(segments), voids, unreadable, lastNumber);
    }

    private static Optional<Segment> read(Disk disk, String name) throws IOException {
        try (Disk.File file = disk.openToRead(name)) {
            long size = file.size();
            ByteBuffer start = ByteBuffer.allocate((int) Math.min(SegmentHeader.LOOK_BYTES, size));
            Disk.readFully(file, start, 0);
            return SegmentHeader.decode(start.flip()).map(header -> new Segment(header, size, size));
        }
    }
}
