package io.headgate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The process is killed, and the power is lost, at each point of a roll, of a cut after a failed fsync, of a cursor's move
 * and of a delete. {@link CrashTest} does the same at every operation there is; here each point has its name.
 */
class CrashPointTest {
    private static final int POWER_LOSSES = 20;

    private final Book book = new Book();
    private final PretendDisk disk = new PretendDisk();
    private Life life;

    /** What a life does when it dies. */
    private interface Deed {
        void run() throws IOException;
    }

    @BeforeAll
    static void quiet() {
        Journals.quiet(true);
    }

    @AfterAll
    static void loud() {
        Journals.quiet(false);
    }

    /** Two segments: the first is full and all confirmed but its last record, the second is nearly full. */
    @BeforeEach
    void twoSegments() throws IOException {
        life = new Life(disk, book);
        life.append(0, 5, 10_000);
        life.append(1, 2, 10_000);
        life.append(0, 3, 10_000);
        assertThat(disk.names()).contains(Segment.name(1), Segment.name(2)).doesNotContain(Segment.name(3));
    }

    @Test
    void beforeTheHeaderOfANewSegmentIsWritten() throws IOException {
        dies("write", Spare.FILE, this::roll);
    }

    @Test
    void beforeTheHeaderOfANewSegmentIsForced() throws IOException {
        dies("force", Spare.FILE, this::roll);
    }

    @Test
    void beforeANewSegmentHasItsName() throws IOException {
        dies("move", Spare.FILE + " " + Segment.name(3), this::roll);
    }

    @Test
    void beforeTheNameOfANewSegmentIsDurable() throws IOException {
        dies("sync", "", this::roll);
    }

    @Test
    void beforeTheFirstGroupOfANewSegmentIsWritten() throws IOException {
        dies("write", Segment.name(3), this::roll);
    }

    @Test
    void beforeTheFirstGroupOfANewSegmentIsForced() throws IOException {
        dies("force", Segment.name(3), this::roll);
    }

    @Test
    void beforeAGroupIsWritten() throws IOException {
        dies("write", Segment.name(2), () -> life.append(1, 1, 1_000));
    }

    @Test
    void beforeAGroupIsForced() throws IOException {
        dies("force", Segment.name(2), () -> life.append(1, 1, 1_000));
    }

    @Test
    void afterAFailedFsyncBeforeTheSegmentIsCut() throws IOException {
        diesAfterAFailedForce("write", Spare.FILE);
    }

    @Test
    void afterAFailedFsyncBeforeTheCutIsForced() throws IOException {
        diesAfterAFailedForce("force", Spare.FILE);
    }

    @Test
    void afterAFailedFsyncBeforeTheCutHasItsName() throws IOException {
        diesAfterAFailedForce("move", Spare.FILE + " " + Segment.name(3));
    }

    @Test
    void afterAFailedFsyncBeforeTheCutIsDurable() throws IOException {
        diesAfterAFailedForce("sync", "");
    }

    @Test
    void afterAFailedFsyncBeforeTheCutSegmentGivesItsRoomBack() throws IOException {
        diesAfterAFailedForce("truncate", Segment.name(2));
    }

    @Test
    void afterAFailedFsyncBeforeTheGroupIsWrittenAgain() throws IOException {
        diesAfterAFailedForce("write", Segment.name(3));
    }

    @Test
    void afterAFailedFsyncBeforeTheGroupIsForcedAgain() throws IOException {
        diesAfterAFailedForce("force", Segment.name(3));
    }

    @Test
    void beforeTheCursorIsWritten() throws IOException {
        dies("write", Cursor.FILE, this::confirm);
    }

    @Test
    void beforeTheCursorIsForced() throws IOException {
        dies("force", Cursor.FILE, this::confirm);
    }

    @Test
    void betweenTheCursorAndTheDelete() throws IOException {
        dies("delete", Segment.name(1), this::confirm);
    }

    @Test
    void beforeTheDeleteIsDurable() throws IOException {
        dies("sync", "", this::confirm);
    }

    @Test
    void inTheFirstStartWhileTheCursorIsMade() throws IOException {
        for (String point : new String[] {"create", "write", "force", "move", "sync"}) {
            PretendDisk fresh = new PretendDisk();
            fresh.before((what, name) -> {
                if (what.equals(point)) {
                    fresh.die();
                }
            });
            assertThat(died(fresh, () -> new Life(fresh, book))).as(point).isTrue();

            check(fresh, new Book());
        }
    }

    private void roll() throws IOException {
        life.append(0, 3, 10_000);
    }

    private void confirm() throws IOException {
        life.confirm(1, 2);
        life.confirm(0, 6);
    }

    private void diesAfterAFailedForce(String point, String file) throws IOException {
        boolean[] failed = {false};
        disk.before((what, name) -> {
            if (!failed[0] && what.equals("force") && name.equals(Segment.name(2))) {
                failed[0] = true;
                throw new IOException("Input/output error");
            }
            if (failed[0] && what.equals(point) && name.equals(file)) {
                disk.die();
            }
        });

        assertThat(died(disk, () -> life.append(1, 1, 1_000))).isTrue();

        check(disk, book);
    }

    /** Right before the first operation of this kind that the deed does. */
    private void dies(String point, String file, Deed deed) throws IOException {
        disk.before((what, name) -> {
            if (what.equals(point) && name.equals(file)) {
                disk.die();
            }
        });

        assertThat(died(disk, deed)).isTrue();

        check(disk, book);
    }

    private static boolean died(PretendDisk disk, Deed deed) {
        try {
            deed.run();
        } catch (IOException e) {
            return disk.isDead();
        }
        return disk.isDead();
    }

    private static void check(PretendDisk disk, Book book) throws IOException {
        liveOn(disk.afterKill(), book.copy());
        for (int seed = 0; seed < POWER_LOSSES; seed++) {
            liveOn(disk.afterPowerLoss(new Random(seed)), book.copy());
        }
    }

    private static void liveOn(PretendDisk disk, Book book) throws IOException {
        new Life(disk, book).check();
        new Life(disk, book).work();
        new Life(disk, book).check();
    }
}
