package io.headgate.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.headgate.event.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ships in conf/taxonomy. */
class ShippedTaxonomyTest {
    private final Taxonomy taxonomy = Shipped.taxonomy();

    @Test
    void theNineTypesOfTheContractShipAndTwoOfThemAreLeads() {
        assertThat(taxonomy.types())
                .extracting(EventType::name)
                .containsExactlyInAnyOrder(
                        "page_view",
                        "lead_submitted",
                        "signup_started",
                        "signup_completed",
                        "feature_used",
                        "checkout_initiated",
                        "payment_completed",
                        "trial_expired",
                        "churn_flagged");
        assertThat(taxonomy.types().stream().filter(EventType::lead).map(EventType::name))
                .containsExactlyInAnyOrder("lead_submitted", "signup_completed");
        assertThat(taxonomy.types()).allSatisfy(type -> {
            assertThat(type.version()).isEqualTo("1");
            assertThat(type.owner()).isNotBlank();
            assertThat(type.title()).isNotBlank();
        });
    }

    @Test
    void everyExampleIsCertainlyValidAndTheLibraryAgrees() throws IOException {
        EventScanner scanner = taxonomy.newScanner();
        StrictJson json = new StrictJson();

        List<byte[]> examples = Shipped.examples();

        assertThat(examples).hasSizeGreaterThanOrEqualTo(9);
        for (byte[] example : examples) {
            try (JsonParser parser = json.parser(example, 0, example.length)) {
                parser.nextToken();
                scanner.scan(parser);
            }
            String text = new String(example, StandardCharsets.UTF_8);
            assertThat(taxonomy.explain(Slice.of(example), scanner.type()))
                    .as(text)
                    .isEmpty();
            assertThat(scanner.certainlyValid()).as(text).isTrue();
        }
    }
}
