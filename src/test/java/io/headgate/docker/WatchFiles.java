package io.headgate.docker;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files below {@code docker/} that tell others how to watch a gateway, as tests read them. */
final class WatchFiles {
    private static final Path DOCKER = Path.of("docker");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), *(\\w+)\\)");

    private WatchFiles() {}

    /** One alert of {@code rules.yml}. */
    record Rule(String alert, String expression, Map<String, String> labels, Map<String, String> annotations) {
        Rule {
            labels = Map.copyOf(labels);
            annotations = Map.copyOf(annotations);
        }

        String title() {
            return alert + " (" + expression + ")";
        }
    }

    static List<Rule> rules() throws IOException {
        List<Rule> rules = new ArrayList<>();
        for (Map<String, Object> group : maps(yaml("prometheus/rules.yml").get("groups"))) {
            for (Map<String, Object> rule : maps(group.get("rules"))) {
                rules.add(new Rule(
                        text(rule.get("alert")),
                        text(rule.get("expr")),
                        texts(rule.get("labels")),
                        texts(rule.get("annotations"))));
            }
        }
        return rules;
    }

    static JsonObject dashboard() throws IOException {
        return new JsonObject(Files.readString(DOCKER.resolve("grafana/dashboards/headgate.json")));
    }

    /** All panels but the rows. */
    static List<JsonObject> panels() throws IOException {
        return objects(dashboard().getJsonArray("panels")).stream()
                .filter(panel -> !panel.getString("type").equals("row"))
                .toList();
    }

    /** Every expression of the dashboard, by where it stands: the panels' queries and the variables'. */
    static Map<String, String> queries() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        for (JsonObject panel : panels()) {
            for (JsonObject target : objects(panel.getJsonArray("targets"))) {
                queries.put(panel.getString("title") + " " + target.getString("refId"), target.getString("expr"));
            }
        }
        for (JsonObject variable :
                objects(dashboard().getJsonObject("templating").getJsonArray("list"))) {
            Matcher values = LABEL_VALUES.matcher(variable.getString("definition"));
            if (!values.matches()) {
                throw new IllegalArgumentException("no label_values(metric, label): " + variable);
            }
            queries.put(
                    "variable " + variable.getString("name"),
                    "sum by (" + values.group(2) + ") (" + values.group(1) + ")");
        }
        return queries;
    }

    static Map<String, Object> yaml(String file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return map(new Yaml(new SafeConstructor(options)).load(Files.readString(DOCKER.resolve(file))));
    }

    static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    static List<Map<String, Object>> maps(Object list) {
        return ((List<?>) list).stream().map(WatchFiles::map).toList();
    }

    static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, member) -> map.put((String) key, member));
        return map;
    }

    private static Map<String, String> texts(Object map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(map).forEach((key, value) -> texts.put(key, text(value)));
        return texts;
    }

    private static String text(Object value) {
        return (String) value;
    }
}
