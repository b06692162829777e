package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.RunningGateway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a planned fault must be rejected with is what a gateway says of it. */
class FaultTest {
    @TempDir
    private Path temp;

    @Test
    void aGatewaySaysOfEachWhatIsPlanned() throws Exception {
        Events events = new Events(1, false);
        List<String> batch = new ArrayList<>();
        List<Answer.Rejection> planned = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            int index = batch.size();
            batch.add(new String(fault.in(events.event(index)), StandardCharsets.UTF_8));
            planned.add(new Answer.Rejection(index, events.id(index), fault.code, fault.pointer, fault.keyword));
        }

        try (RunningGateway gateway = RunningGateway.start(temp)) {
            String answer = gateway.posts().post(batch.toString()).json().encode();

            assertThat(Answer.read(answer.getBytes(StandardCharsets.UTF_8)).rejections())
                    .isEqualTo(planned);
        }
    }
}
