package io.headgate.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.ShippedTaxonomy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class BatchReaderTest {
    private final BatchReader reader = new BatchReader(ShippedTaxonomy.compile(), new IngestSettings(1 << 15, 1000));

    @Test
    void aBatchWithMoreToExplainThanAllowedIsLeftToAWorker() {
        byte[] body = invalid(21);

        assertThat(reader.read("demo", body, false, 0, 21)).isInstanceOf(Decoded.Whole.class);
        assertThat(reader.read("demo", body, false, 0, 20)).isInstanceOf(Decoded.Whole.class);
        assertThat(reader.read("demo", invalid(22), false, 0, 20)).isInstanceOf(Decoded.Heavy.class);
    }

    @Test
    void allFaultsAreToldUntilABatchHasToldAThousandThenTheFirstOfEachEvent() {
        Decoded decoded = reader.read("demo", invalid(1000), false, 0, Integer.MAX_VALUE);

        Batch batch = ((Decoded.Whole) decoded).batch();
        int faults = batch.rejections().stream()
                .mapToInt(rejection -> rejection.faults().size())
                .sum();
        assertThat(batch.rejections()).hasSize(1000);
        assertThat(batch.rejections().get(0).faults()).hasSizeGreaterThan(1);
        assertThat(batch.rejections().get(999).faults()).hasSize(1);
        assertThat(faults).isBetween(EventJudge.BATCH_FAULTS_MAX, EventJudge.BATCH_FAULTS_MAX + 1000);
    }

    @Test
    void whatIsWrongIsSaidInOurWordsAndWithoutTheBody() {
        assertThat(detail("[{\"a\":1,\"a\":2}]")).contains("a member twice").contains("near byte");
        assertThat(detail("[1")).contains("ends too early");
        assertThat(detail("[".repeat(33))).contains("nested more than 32 deep");
        assertThat(detail("[NaN]"))
                .contains("JSON does not allow")
                .doesNotContain("NaN")
                .doesNotContain("Feature");
    }

    private String detail(String body) {
        Decoded decoded = reader.read("demo", body.getBytes(StandardCharsets.UTF_8), false, 0, Integer.MAX_VALUE);
        return ((Answer.Malformed) ((Decoded.Not) decoded).answer()).detail();
    }

    private static byte[] invalid(int events) {
        return Collections.nCopies(events, "{}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
