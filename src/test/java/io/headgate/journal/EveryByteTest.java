package io.headgate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A segment cut, changed or continued by bytes that nobody wrote, at every place: whole records stay, and no other come. */
class EveryByteTest {
    private static final String FIRST = Segment.name(1);
    private static final int HEADERS = SegmentHeader.bytes(Journals.CHANNELS);
    private static final int RECORD_BYTES = 40;
    private static final int RECORD = RecordFormat.HEADER_BYTES + RECORD_BYTES;
    private static final int RECORDS = 9;

    /** One segment: three records of channel 0, three of channel 1, three of channel 0. */
    private PretendDisk disk;

    private byte[] segment;

    @BeforeAll
    static void quiet() {
        Journals.quiet(true);
    }

    @AfterAll
    static void loud() {
        Journals.quiet(false);
    }

    @BeforeEach
    void write() throws IOException {
        disk = new PretendDisk();
        disk.put(Reserve.FILE, new byte[1]); // a small one, for it is copied thousands of times
        Opened journal = new Opened(disk);
        journal.append(0, 3, RECORD_BYTES);
        journal.append(1, 3, RECORD_BYTES);
        journal.append(0, 3, RECORD_BYTES);
        segment = disk.bytes(FIRST);
    }

    @Test
    void truncatedAtEveryByteAllWholeRecordsStay() throws IOException {
        for (int length = 0; length <= HEADERS + RECORDS * RECORD; length += inPadding(length) ? 61 : 1) {
            int whole = Math.max(0, length - HEADERS) / RECORD;
            Opened journal = new Opened(with(Arrays.copyOf(segment, length)));

            assertThat(journal.read(0)).as("cut at %s", length).isEqualTo(namesOf(0, whole));
            assertThat(journal.read(1)).as("cut at %s", length).isEqualTo(namesOf(1, whole));
        }
    }

    @Test
    void afterATornTailTheNumbersGoOnAndTheTornBytesNeverComeBack() throws IOException {
        for (int length = HEADERS; length <= HEADERS + RECORDS * RECORD; length += 7) {
            PretendDisk torn = with(Arrays.copyOf(segment, length));
            Opened journal = new Opened(torn);
            journal.append(0, 2, RECORD_BYTES);

            Opened again = new Opened(torn.afterKill());

            assertThat(again.read(0)).as("cut at %s", length).isEqualTo(Journals.names(0, 1, again.durable(0)));
            assertThat(again.durable(0)).isEqualTo(journal.durable(0));
            assertThat(again.read(1)).isEqualTo(journal.read(1));
        }
    }

    @Test
    void aBitFlippedInEveryByteOfTheRecordsHarmsOneRecordAlone() throws IOException {
        for (int at = HEADERS; at < HEADERS + RECORDS * RECORD; at++) {
            Opened journal = new Opened(with(flipped(at)));

            int hit = (at - HEADERS) / RECORD;
            boolean last = hit == RECORDS - 1; // cannot be told from a torn tail
            boolean lastOfOne = hit == 5; // no later number tells that it is missing, but the corrupt place is found
            assertThat(journal.read(0)).as("flipped at %s", at).isEqualTo(namesWithout(0, hit, !last));
            assertThat(journal.read(1)).as("flipped at %s", at).isEqualTo(namesWithout(1, hit, !lastOfOne));
            assertThat(journal.lost()).isEqualTo(last || lastOfOne ? 0 : 1);
            assertThat(journal.corrupt()).isEqualTo(last ? 0 : 1);
        }
    }

    @Test
    void aBitFlippedInASegmentThatIsFullIsFoundByTheReaderAndTheSegmentIsKept() throws IOException {
        PretendDisk two = twoSegments();
        byte[] first = two.bytes(FIRST);
        for (int at = HEADERS; at < HEADERS + RECORDS * RECORD; at++) {
            PretendDisk bad = two.afterKill();
            bad.put(FIRST, flipped(first, at));
            Opened journal = new Opened(bad);

            int hit = (at - HEADERS) / RECORD;
            List<String> zero = new ArrayList<>(namesWithout(0, hit, true));
            zero.add("0:7");
            assertThat(journal.read(0)).as("flipped at %s", at).isEqualTo(zero);
            assertThat(journal.read(1)).as("flipped at %s", at).isEqualTo(namesWithout(1, hit, true));
            assertThat(journal.lost()).isEqualTo(1);

            journal.confirmAll();
            assertThat(bad.names()).contains("dead/" + FIRST).doesNotContain(FIRST);
            assertThat(bad.bytes("dead/" + FIRST)).isEqualTo(flipped(first, at));
        }
    }

    @Test
    void aBitFlippedInEveryByteOfAHeaderHarmsNothing() throws IOException {
        int used = 52 + Journals.CHANNELS * Long.BYTES + Integer.BYTES;
        IntStream places = IntStream.concat(IntStream.range(0, used), IntStream.range(HEADERS / 2, HEADERS / 2 + used));
        for (int at : places.toArray()) {
            Opened journal = new Opened(with(flipped(at)));

            assertThat(journal.read(0)).as("flipped at %s", at).isEqualTo(namesOf(0, RECORDS));
            assertThat(journal.read(1)).as("flipped at %s", at).isEqualTo(namesOf(1, RECORDS));
        }
    }

    @Test
    void aSegmentWithoutAnyHeaderIsKeptAsDeadAndTheJournalGoesOn() throws IOException {
        PretendDisk two = twoSegments();
        byte[] headless = two.bytes(FIRST);
        Arrays.fill(headless, 0, HEADERS, (byte) 7);
        two.put(FIRST, headless);

        Opened journal = new Opened(two);

        assertThat(journal.dead()).isEqualTo(1);
        assertThat(journal.read(0)).containsExactly("lost 6", "0:7");
        assertThat(journal.read(1)).containsExactly("lost 3");
        journal.append(1, 1, RECORD_BYTES);
        assertThat(journal.read(1)).containsExactly("lost 3", "1:4");
    }

    @Test
    void zerosNoiseAndOldBytesBehindTheRecordsAreNone() throws IOException {
        byte[] noise = new byte[10_000];
        new Random(7).nextBytes(noise);
        PretendDisk other = new PretendDisk();
        Opened old = new Opened(other);
        old.append(0, 20, RECORD_BYTES);
        old.append(1, 20, RECORD_BYTES);
        byte[] oldRecords = Arrays.copyOfRange(other.bytes(FIRST), HEADERS, HEADERS + 40 * RECORD);
        byte[] ownRecords = Arrays.copyOfRange(segment, HEADERS, HEADERS + RECORDS * RECORD);
        byte[] ownFirst = Arrays.copyOfRange(segment, HEADERS, HEADERS + RECORD);

        for (byte[] behind : List.of(new byte[10_000], noise, oldRecords, ownRecords, ownFirst)) {
            Opened journal = new Opened(with(continued(behind)));

            assertThat(journal.read(0)).isEqualTo(namesOf(0, RECORDS));
            assertThat(journal.read(1)).isEqualTo(namesOf(1, RECORDS));
            assertThat(journal.durable(0)).isEqualTo(6);
            assertThat(journal.durable(1)).isEqualTo(3);
        }
    }

    @Test
    void ownOldBytesInTheMiddleAreNoRecordsEither() throws IOException {
        byte[] copied = segment.clone();
        System.arraycopy(segment, HEADERS, copied, HEADERS + 6 * RECORD, RECORD);

        Opened journal = new Opened(with(copied));

        assertThat(journal.read(0)).containsExactly("0:1", "0:2", "0:3", "lost 1", "0:5", "0:6");
        assertThat(journal.read(1)).isEqualTo(namesOf(1, RECORDS));
    }

    @Test
    void bothCursorSlotsGoneMeansThatAllIsReadAgain() throws IOException {
        new Opened(disk).confirmAll();
        disk.put(Cursor.FILE, new byte[24_576]);

        Opened journal = new Opened(disk);

        assertThat(journal.read(0)).isEqualTo(namesOf(0, RECORDS));
    }

    @Test
    void aBitFlippedInEveryByteOfTheCursorNeverConfirmsWhatWasNot() throws IOException {
        Opened first = new Opened(disk);
        first.confirmAll();
        first.append(0, 2, RECORD_BYTES);
        byte[] cursor = disk.bytes(Cursor.FILE);
        for (int slot : List.of(0, 12_288)) {
            for (int at = slot; at < slot + 20 + 2 * Long.BYTES + Integer.BYTES; at++) {
                PretendDisk bad = disk.afterKill();
                bad.put(Cursor.FILE, flipped(cursor, at));

                assertThat(new Opened(bad).read(0)).as("flipped at %s", at).endsWith("0:7", "0:8");
            }
        }
    }

    /** Where there is nothing but zeros between the headers and the records. */
    private static boolean inPadding(int at) {
        return at % (HEADERS / 2) > 100 && at < HEADERS - 100;
    }

    @Test
    void anOlderCursorSlotDoesNotMakeRemovedRecordsLostOnes() throws IOException {
        PretendDisk two = twoSegments();
        new Opened(two).confirmAll();
        assertThat(two.names()).doesNotContain(FIRST);
        two.put(Cursor.FILE, flipped(two.bytes(Cursor.FILE), 30)); // in the slot that was written last

        Opened journal = new Opened(two);

        assertThat(journal.read(0)).containsExactly("0:7");
        assertThat(journal.read(1)).isEmpty();
        assertThat(journal.lost()).isZero();
    }

    private PretendDisk twoSegments() throws IOException {
        PretendDisk two = disk.afterKill();
        Opened journal = new Opened(two);
        journal.append(0, 1, RECORD_BYTES);
        assertThat(journal.segments()).isEqualTo(2);
        return two;
    }

    private PretendDisk with(byte[] bytes) {
        PretendDisk other = disk.afterKill();
        other.put(FIRST, bytes);
        return other;
    }

    private byte[] continued(byte[] behind) {
        int end = HEADERS + RECORDS * RECORD;
        byte[] bytes = Arrays.copyOf(segment, end + behind.length);
        System.arraycopy(behind, 0, bytes, end, behind.length);
        return bytes;
    }

    private byte[] flipped(int at) {
        return flipped(segment, at);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << at % 8);
        return flipped;
    }

    /** Names of the channel's records among the first so many. */
    private static List<String> namesOf(int channel, int whole) {
        return IntStream.range(0, whole)
                .filter(i -> channelOf(i) == channel)
                .mapToObj(EveryByteTest::nameOf)
                .toList();
    }

    /** The same of all records but one, which is told as lost, or not. */
    private static List<String> namesWithout(int channel, int hit, boolean told) {
        return IntStream.range(0, RECORDS)
                .filter(i -> channelOf(i) == channel && (i != hit || told))
                .mapToObj(i -> i == hit ? "lost 1" : nameOf(i))
                .toList();
    }

    private static int channelOf(int record) {
        return record / 3 == 1 ? 1 : 0;
    }

    private static String nameOf(int record) {
        return record < 6 ? record / 3 + ":" + (record % 3 + 1) : "0:" + (record - 2);
    }
}
