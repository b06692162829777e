package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headgate.event.FaultCode;
import io.headgate.ingest.Answer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code openapi.json} tells the whole public API and nothing else. */
class OpenApiTest {
    /** What a POST /v1/events cannot end in. */
    private static final Set<Reason> ELSEWHERE = Set.of(
            Reason.PAGE, Reason.PREFLIGHT, Reason.NOT_READY, Reason.NOT_FOUND, Reason.METHOD, Reason.CLIENT_GONE);

    private static JsonNode api;

    @BeforeAll
    static void read() throws IOException {
        try (OpenDoor gate = OpenDoor.open();
                Client client = gate.client()) {
            api = new ObjectMapper().readTree(client.get("/openapi.json").body());
        }
    }

    @Test
    void everyRouteIsDescribedAndNoOther() {
        Set<String> described = new TreeSet<>();
        api.get("paths").fields().forEachRemaining(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        Set<String> routes = new TreeSet<>();
        for (Route route : Route.values()) {
            for (String method : route.allow().split(", ", -1)) {
                if (!method.equals("HEAD")) {
                    routes.add(method + " " + route.template());
                }
            }
        }

        assertThat(described).isEqualTo(routes);
        assertThat(api.get("openapi").asText()).startsWith("3.1");
    }

    @Test
    void everyStatusOfABatchIsDescribedAndNoOther() {
        Set<String> statuses = Arrays.stream(Reason.values())
                .filter(reason -> !ELSEWHERE.contains(reason))
                .map(reason -> Integer.toString(reason.status()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(names(post().get("responses"))).isEqualTo(statuses);
    }

    @Test
    void everyProblemOfABatchHasAnExampleWithItsTypeAndTitle() {
        for (Reason reason : Reason.values()) {
            if (ELSEWHERE.contains(reason) || reason.status() == 202 || reason.status() == 422) {
                continue;
            }
            JsonNode examples =
                    post().at("/responses/" + reason.status() + "/content/application~1problem+json/examples");
            JsonNode example = examples.path(reason.label().replace('_', '-')).path("value");

            assertThat(example.path("type").asText()).isEqualTo(reason.type());
            assertThat(example.path("title").asText()).isEqualTo(reason.title());
            assertThat(example.path("status").asInt()).isEqualTo(reason.status());
        }
    }

    @Test
    void theWordsOfTheAnswersAreThoseOfTheCode() {
        JsonNode schemas = api.get("components").get("schemas");

        assertThat(words(schemas.at("/Error/properties/code/enum")))
                .isEqualTo(
                        Arrays.stream(FaultCode.values()).map(FaultCode::wire).collect(Collectors.toSet()));
        assertThat(words(schemas.at("/Result/properties/verdict/enum")))
                .isEqualTo(Arrays.stream(Answer.Verdict.values())
                        .map(Answer.Verdict::wire)
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        api.findValuesAsText("$ref")
                .forEach(reference -> assertThat(api.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void everyContentTypeThatIsTakenIsDescribed() {
        Set<String> types = names(post().get("requestBody").get("content"));

        assertThat(types).containsExactlyInAnyOrder("application/json", "application/x-ndjson", "text/plain");
        types.forEach(type -> assertThat(BodyFormat.of(type)).isNotNull());
    }

    private static JsonNode post() {
        return api.get("paths").get("/v1/events").get("post");
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> words(JsonNode array) {
        Set<String> words = new TreeSet<>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }
}
