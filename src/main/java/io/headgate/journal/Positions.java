package io.headgate.journal;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/**
 * Where each channel stands: {@code confirmed <= durable <= appended}.
 *
 * <p>Any thread may look. {@code appended} is changed under the queue's lock, {@code durable} by the writer, and
 * {@code confirmed}, which only rises, by whoever confirms.
 */
final class Positions {
    private final AtomicLongArray appended;
    private final AtomicLongArray durable;
    private final AtomicLongArray confirmed;

    Positions(List<Long> durable, List<Long> confirmed) {
        this.durable = array(durable);
        this.appended = array(durable);
        this.confirmed = array(confirmed);
    }

    int channels() {
        return durable.length();
    }

    long appended(int channel) {
        return appended.get(channel);
    }

    long durable(int channel) {
        return durable.get(channel);
    }

    long confirmed(int channel) {
        return confirmed.get(channel);
    }

    /** The number of the first of so many new records. */
    long append(int channel, int records) {
        return appended.getAndAdd(channel, records) + 1;
    }

    /** What was appended and is not durable never was. */
    void takeBack() {
        for (int c = 0; c < channels(); c++) {
            appended.set(c, durable.get(c));
        }
    }

    void durable(int channel, long sequence) {
        durable.set(channel, sequence);
    }

    /** Returns whether that changed anything. */
    boolean confirm(int channel, long sequence) {
        if (sequence > durable.get(channel)) {
            throw new IllegalArgumentException("record " + sequence + " of channel " + channel
                    + " cannot be confirmed, the last durable one is " + durable.get(channel));
        }
        return confirmed.getAndAccumulate(channel, sequence, Math::max) < sequence;
    }

    List<Long> durable() {
        return list(durable);
    }

    List<Long> confirmed() {
        return list(confirmed);
    }

    private static AtomicLongArray array(List<Long> values) {
        return new AtomicLongArray(values.stream().mapToLong(Long::longValue).toArray());
    }

    private static List<Long> list(AtomicLongArray array) {
        return LongStream.range(0, array.length())
                .mapToObj(i -> array.get((int) i))
                .toList();
    }
}
