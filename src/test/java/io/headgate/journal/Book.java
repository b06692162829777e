package io.headgate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The oracle: what was asked of a journal and what it answered, over all its lives. */
final class Book {
    /** One channel's page. */
    private static final class Page {
        private final Set<String> attempted = new HashSet<>();
        private final TreeMap<Long, String> answered = new TreeMap<>();
        private long confirmed;
        private long confirmedDurably;

        private Page copy() {
            Page copy = new Page();
            copy.attempted.addAll(attempted);
            copy.answered.putAll(answered);
            copy.confirmed = confirmed;
            copy.confirmedDurably = confirmedDurably;
            return copy;
        }
    }

    private final List<Page> pages;
    private int attempts;

    Book() {
        this(IntStream.range(0, Journals.CHANNELS).mapToObj(c -> new Page()).toList(), 0);
    }

    private Book(List<Page> pages, int attempts) {
        this.pages = pages;
        this.attempts = attempts;
    }

    /** The same, for one of several futures. */
    Book copy() {
        return new Book(pages.stream().map(Page::copy).toList(), attempts);
    }

    /** A name for a record that is about to be appended under this number; no two are the same. */
    String attempt(int channel, long number) {
        attempts++;
        String name = channel + ":" + number + ":" + attempts;
        pages.get(channel).attempted.add(name);
        return name;
    }

    void answered(int channel, long first, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            pages.get(channel).answered.put(first + i, names.get(i));
        }
    }

    void confirmed(int channel, long number) {
        pages.get(channel).confirmed = Math.max(pages.get(channel).confirmed, number);
    }

    void confirmedDurably(int channel, long number) {
        pages.get(channel).confirmedDurably = Math.max(pages.get(channel).confirmedDurably, number);
    }

    long answeredRecords() {
        return pages.stream().mapToLong(page -> page.answered.size()).sum();
    }

    void checkPositions(int channel, long confirmed, long durable) {
        Page page = pages.get(channel);
        assertThat(confirmed)
                .as("confirmed position of channel %s", channel)
                .isBetween(page.confirmedDurably, page.confirmed);
        long last = page.answered.isEmpty() ? 0 : page.answered.lastKey();
        assertThat(durable).as("last record of channel %s", channel).isGreaterThanOrEqualTo(last);
    }

    /** Only what was never answered may be lost. */
    void checkLost(int channel, long from, long lost) {
        Map<Long, String> missing = pages.get(channel).answered.subMap(from, from + lost);
        assertThat(missing).as("answered records that are lost").isEmpty();
    }

    /** What was answered is there as it was, and nothing is there that nobody appended. */
    void checkRead(int channel, long first, List<String> names) {
        Page page = pages.get(channel);
        for (int i = 0; i < names.size(); i++) {
            String answered = page.answered.get(first + i);
            if (answered != null) {
                assertThat(names.get(i)).isEqualTo(answered);
            }
            assertThat(names.get(i)).startsWith(channel + ":" + (first + i) + ":");
            assertThat(page.attempted).contains(names.get(i));
        }
        answered(channel, first, names);
    }
}
