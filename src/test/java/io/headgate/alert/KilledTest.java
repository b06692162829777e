package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed again and again at any step between a message's intent and its record. */
class KilledTest {
    private static final int STEPS_MAX = 4;
    private static final int KILLS = 3;

    @TempDir
    Path dir;

    @RepeatedTest(100)
    void thePageIsDeliveredAtLeastOnceAndUnderOneIdWhereverTheProcessIsKilled(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        try (PlayingReceiver receiver = PlayingReceiver.playing(answer(200));
                Office office = new Office(dir, Office.hook("hook", receiver))) {
            for (int kill = 0; kill < KILLS; kill++) {
                office.holdWrites();
                office.silent("shop");
                for (int steps = random.nextInt(STEPS_MAX + 1); steps > 0; steps--) {
                    step(office, random.nextBoolean());
                }
                office.kill();
                office.open();
            }
            office.silent("shop");
            office.quiet();

            List<String> ids = receiver.requests().stream()
                    .map(request -> request.headers().get("webhook-id"))
                    .distinct()
                    .toList();
            assertThat(ids).hasSize(1);
            assertThat(receiver.requests())
                    .allMatch(request -> request.body().contains("headgate/gw-1/LeadFlowStopped/shop"));
        }
    }

    /** The disk writes once, or the receiver may answer, or neither. */
    private static void step(Office office, boolean write) {
        if (write) {
            office.writeOne();
        }
        office.loop.run(office.desk::look);
    }
}
