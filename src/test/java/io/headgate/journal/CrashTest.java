package io.headgate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The process dies, or the power is lost, at every single operation of the disk: what was answered is there, once and in
 * order, and nothing is there that nobody appended.
 */
class CrashTest {
    private static final int POWER_LOSSES_EACH = 3;
    private static final int LIVES = 6;

    /** Of the forces of segments: one by itself, and two in a row, so that the second try fails too. */
    private static final Set<Integer> FAILING = Set.of(4, 11, 12);

    @BeforeAll
    static void quiet() {
        Journals.quiet(true);
    }

    @AfterAll
    static void loud() {
        Journals.quiet(false);
    }

    @Test
    void aKillAtEachOperation() throws IOException {
        int operations = operations(Set.of());
        for (int n = 0; n < operations; n++) {
            Book book = new Book();
            PretendDisk disk = diesAt(fresh(), book, n, Set.of());

            onceMore(disk.afterKill(), book, n);
        }
    }

    @Test
    void aKillAtEachOperationAndAPowerLossAfterTheNextStart() throws IOException {
        int operations = operations(Set.of());
        for (int n = 0; n < operations; n++) {
            Book book = new Book();
            PretendDisk disk = diesAt(fresh(), book, n, Set.of()).afterKill();
            new Life(disk, book).check();

            onceMore(disk.afterPowerLoss(new Random(n)), book, n);
        }
    }

    @Test
    void aPowerLossAtEachOperation() throws IOException {
        int operations = operations(Set.of());
        for (int n = 0; n < operations; n++) {
            for (int i = 0; i < POWER_LOSSES_EACH; i++) {
                Book book = new Book();
                PretendDisk disk = diesAt(fresh(), book, n, Set.of());

                onceMore(disk.afterPowerLoss(new Random(n * 31L + i)), book, n);
            }
        }
    }

    @Test
    void aPowerLossAtEachOperationOfALifeInWhichFsyncsFail() throws IOException {
        int operations = operations(FAILING);
        for (int n = 0; n < operations; n++) {
            for (int i = 0; i < POWER_LOSSES_EACH; i++) {
                Book book = new Book();
                PretendDisk disk = diesAt(fresh(), book, n, FAILING);

                onceMore(disk.afterPowerLoss(new Random(n * 31L + i)), book, n);
            }
        }
    }

    @Test
    void aKillAtEachOperationOfALifeInWhichFsyncsFail() throws IOException {
        int operations = operations(FAILING);
        for (int n = 0; n < operations; n++) {
            Book book = new Book();
            PretendDisk disk = diesAt(fresh(), book, n, FAILING);

            onceMore(disk.afterKill(), book, n);
        }
    }

    @Test
    void manyLivesThatEachEndAtSomeOperation() throws IOException {
        for (int seed = 0; seed < 80; seed++) {
            Random random = new Random(seed);
            Book book = new Book();
            PretendDisk disk = new PretendDisk();
            for (int life = 0; life < LIVES; life++) {
                disk = diesAt(disk, book, random.nextInt(250), random.nextBoolean() ? FAILING : Set.of());
                disk = random.nextBoolean() ? disk.afterKill() : disk.afterPowerLoss(random);
            }

            onceMore(disk, book, seed);
        }
    }

    /** What the next process finds is right, and it can work on, and so can the one after it. */
    private static void onceMore(PretendDisk disk, Book book, int n) {
        try {
            new Life(disk, book).check();
            new Life(disk, book).work();
            new Life(disk, book).check();
        } catch (IOException | AssertionError e) {
            throw new AssertionError("after the end at operation or seed " + n, e);
        }
    }

    /** A life that ends at an operation; it begins by finding all that the ones before it were answered. */
    private static PretendDisk diesAt(PretendDisk disk, Book book, int operation, Set<Integer> failing) {
        fail(disk, operation, failing);
        try {
            Life life = new Life(disk, book);
            life.check();
            life.work();
        } catch (IOException e) {
            assertThat(disk.isDead()).as("died as it should, and not of %s", e).isTrue();
        }
        disk.die();
        return disk;
    }

    /** With a small reserve, for it is copied thousands of times. */
    private static PretendDisk fresh() {
        PretendDisk disk = new PretendDisk();
        disk.put(Reserve.FILE, new byte[1]);
        return disk;
    }

    private static int operations(Set<Integer> failing) throws IOException {
        PretendDisk disk = fresh();
        Book book = new Book();
        fail(disk, Integer.MAX_VALUE, failing);
        Life life = new Life(disk, book);
        life.check();
        life.work();
        assertThat(book.answeredRecords()).isGreaterThan(20);
        return disk.operations();
    }

    private static void fail(PretendDisk disk, int operation, Set<Integer> failing) {
        int[] forces = {0};
        disk.before((what, name) -> {
            if (disk.operations() > operation) {
                disk.die();
            } else if (what.equals("force") && name.endsWith(".seg")) {
                forces[0]++;
                if (failing.contains(forces[0])) {
                    throw new IOException("Input/output error");
                }
            }
        });
    }
}
