package io.headgate.taxonomy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import io.headgate.event.Slice;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A schema on its own, outside any taxonomy, before the library and the acceptor. */
final class Lone {
    private static final String ADDRESS = "https://suite.invalid/schema";
    private static final String FILE = "a lone schema";

    private final JsonSchema schema;
    private final Rule rule;
    private final Acceptor acceptor = new Acceptor();
    private final StrictJson json = new StrictJson();

    Lone(JsonNode schema, Map<String, JsonNode> remotes) {
        Map<String, JsonNode> documents = new TreeMap<>(remotes);
        documents.put(ADDRESS, schema);
        this.schema = new Library(documents).schema(ADDRESS);
        Documents alone = new Documents(Map.of(FILE, schema));
        this.rule = new RuleCompiler(alone).compile(List.of(alone.root(FILE)));
    }

    /** The library's verdict. */
    boolean valid(Slice value) throws IOException {
        TreeReader.Tree tree = TreeReader.read(json, value);
        return tree.tooLarge().isEmpty()
                && Library.validate(schema, tree.root()).isEmpty();
    }

    /** What the library says is wrong, in its own words. */
    String reasons(Slice value) throws IOException {
        return Library.validate(schema, TreeReader.read(json, value).root()).toString();
    }

    /** The acceptor's. */
    boolean certainlyValid(Slice value) throws IOException {
        try (JsonParser parser = json.parser(value.array(), value.offset(), value.length())) {
            parser.nextToken();
            boolean certain = acceptor.accepts(parser, rule);
            if (parser.nextToken() != null) {
                throw new AssertionError("the acceptor did not read to the end");
            }
            return certain;
        }
    }
}
