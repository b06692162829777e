package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes no sense is refused before anything is started, with exit code 2. */
class RunCommandTest {
    private static final int REFUSED = 2;
    private static final int COULD_NOT_RUN = 3;
    private static final String NOBODY = "http://127.0.0.1:1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "brief --nonsense",
                "brief --batch 0",
                "brief --batch -1",
                "brief --batch 1001",
                "brief --rate 10 --users 2",
                "brief --rate 0",
                "brief --users 0",
                "brief --seconds 0",
                "brief --warm-up -1",
                "brief --redis nonsense",
                "brief --set redis.key-prefix=mine",
                "brief --set management.token=secret",
                "brief --set sources=[]",
                "brief --set redis.uri=embedded",
                "brief --set http.port=1",
                "brief --set data-dir=mine",
                "brief --set nonsense",
                "outage --url " + NOBODY,
                "outage --redis redis://127.0.0.1:1",
                "outage --break true",
                "brief --url " + NOBODY + " --source nameonly"
            })
    void isRefused(String arguments) {
        assertThat(run(arguments)).isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"brief --batch 1", "brief --batch 1000 --rate 1", "outage --break true --mend true"})
    void aGatewayThatIsNotThereIsAnotherMatter(String arguments) {
        assertThat(run(arguments + " --url " + NOBODY)).isEqualTo(COULD_NOT_RUN);
    }

    private static int run(String arguments) {
        List<String> line = new ArrayList<>(List.of("run"));
        line.addAll(List.of(arguments.split(" ")));
        return LoadTest.run(line.toArray(String[]::new));
    }
}
