package io.headgate.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A taxonomy is compiled whole or refused with everything that is wrong with it. */
class TaxonomyCompileTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,}; is not strict JSON",
                "{\"title\":\"a\",\"title\":\"b\"}; same member twice",
                "[]; must be a JSON object",
                "{\"type\":\"text\"}; /type",
                "{\"minLength\":-1}; /minLength must be at least 0",
                "{\"pattern\":\"(?=a)\"}; /pattern must be a pattern that RE2 takes",
                "{\"pattern\":\"(a)\\\\1\"}; /pattern must be a pattern that RE2 takes",
                "{\"minimum\":1e999999999}; /minimum must be a number of at most",
                "{\"$ref\":\"#/$defs/none\"}; /$ref leads nowhere",
                "{\"$ref\":\"other.json\"}; /$ref leads nowhere",
                "{\"$ref\":\"https://example.com/schema.json\"}; nothing is ever fetched",
                "{\"$ref\":\"file:///etc/passwd\"}; nothing is ever fetched",
                "{\"$ref\":\"classpath:draft/2020-12/schema\"}; nothing is ever fetched",
                "{\"$ref\":\"#none\"}; cannot be built",
                "{\"$ref\":\"#\"}; leads back to itself",
                "{\"allOf\":[{\"$ref\":\"#\"}]}; leads back to itself",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}; /$schema must be https://json-schema.org",
                "{\"requierd\":[\"a\"]}; did you mean required?",
                "{\"properties\":{\"a\":{\"maxlen\":1}}}; /properties/a/maxlen is no keyword",
                "{\"format\":\"date_time\"}; /format must be one of date, date-time",
                "{\"x-lead\":\"yes\"}; /x-lead must be true or false",
                "{\"x-version\":3}; /x-version must be a string",
                "{\"x-owner\":\" \"}; /x-owner must be a string that is not blank"
            })
    void aFaultNamesItsFileAndWhatIsAllowed(String schema, String message) {
        assertThat(faults(Compiled.files(schema)))
                .anySatisfy(
                        fault -> assertThat(fault).startsWith("made_up.json: ").contains(message));
    }

    @Test
    void allFaultsOfAllFilesAreToldAtOnce() {
        Map<String, byte[]> files =
                Compiled.files("{\"type\":1,\"x-version\":3,\"$ref\":\"broken.json\",\"requierd\":[]}");
        files.put("Wrong-Name.json", "{}".getBytes(StandardCharsets.UTF_8));
        files.put("broken.json", "{".getBytes(StandardCharsets.UTF_8));
        files.put("latin.json", "{\"title\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        files.remove("envelope.json");

        assertThat(faults(files))
                .anyMatch(fault -> fault.startsWith("made_up.json: /type"))
                .anyMatch(fault -> fault.startsWith("made_up.json: /x-version"))
                .anyMatch(fault -> fault.startsWith("made_up.json: /requierd"))
                .noneMatch(fault -> fault.contains("leads nowhere"))
                .anyMatch(fault -> fault.startsWith("Wrong-Name.json: must be called after its event_name"))
                .anyMatch(fault -> fault.startsWith("broken.json: is not strict JSON"))
                .anyMatch(fault -> fault.startsWith("latin.json: is not UTF-8 at byte 10"))
                .anyMatch(fault -> fault.startsWith("envelope.json: is missing"));
    }

    @Test
    void aTaxonomyNeedsAType() {
        Map<String, byte[]> files =
                new TreeMap<>(Map.of("envelope.json", Shipped.files().get("envelope.json")));

        assertThat(faults(files)).singleElement().asString().contains("no event type");
    }

    @Test
    void anEnvelopeMustAskForWhatTheGatewayItselfNeeds() {
        Map<String, byte[]> files = Compiled.files("{}");
        files.put("envelope.json", "{\"type\":\"object\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(faults(files))
                .anyMatch(fault -> fault.contains("must require event_id as a string of format uuid"))
                .anyMatch(fault -> fault.contains("must require event_name as a string"))
                .anyMatch(fault -> fault.contains("must require session_id as a string"));
    }

    @Test
    void filesMayReferToEachOtherWhateverTheyCallThemselves() throws TaxonomyException {
        Map<String, byte[]> files = Compiled.files("{\"$id\":\"https://example.com/made_up\","
                + "\"properties\":{\"properties\":{\"$ref\":\"shared.json#/$defs/p%61rt\"}}}");
        files.put("shared.json", "{\"$defs\":{\"part\":{\"required\":[\"a\"]}}}".getBytes(StandardCharsets.UTF_8));

        Taxonomy taxonomy = Taxonomy.compile(files);

        assertThat(Compiled.explain(taxonomy, Compiled.event("{\"a\":1}"))).isEmpty();
        assertThat(Compiled.explain(taxonomy, Compiled.event("{}"))).hasSize(1);
    }

    @Test
    void theVersionChangesWithEveryByteAndWithNothingElse() throws TaxonomyException {
        String version = Taxonomy.compile(Compiled.files("{}")).version();

        assertThat(version)
                .hasSize(12)
                .isEqualTo(Taxonomy.compile(Compiled.files("{}")).version());
        assertThat(Taxonomy.compile(Compiled.files("{ }")).version()).isNotEqualTo(version);
    }

    @Test
    void aSchemaIsHandedOutByteForByte() throws TaxonomyException {
        Taxonomy taxonomy = Taxonomy.compile(Compiled.files("{ \"title\" : \"as it is\" }"));

        assertThat(taxonomy.schema("made_up").orElseThrow()).asString().isEqualTo("{ \"title\" : \"as it is\" }");
        assertThat(taxonomy.schema("envelope")).contains(Shipped.files().get("envelope.json"));
        assertThat(taxonomy.schema("no_such")).isEmpty();
        assertThat(taxonomy.type("made_up").orElseThrow().title()).isEqualTo("as it is");
        assertThat(taxonomy.type("envelope")).isEmpty();
    }

    private static List<String> faults(Map<String, byte[]> files) {
        return catchThrowableOfType(TaxonomyException.class, () -> Taxonomy.compile(files))
                .faults();
    }
}
