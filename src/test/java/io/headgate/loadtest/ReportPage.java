package io.headgate.loadtest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report as one HTML page that needs nothing else: its data, its script and the library that draws its plots are in it.
 * How it looks is in the template {@code loadtest/report.html}, which puts all text of the data in as text.
 */
final class ReportPage {
    private static final String TEMPLATE = "/loadtest/report.html";
    /** Says the version of the library that is on the classpath. */
    private static final String CHART_JS_POM = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";

    private static final Pattern PLACEHOLDER = Pattern.compile("@@(TITLE|CHART_LICENCE|CHART_JS|DATA)@@");

    private ReportPage() {}

    /**
     * The page.
     *
     * @param data the report as its JSON file has it
     */
    static String html(String scenario, String data) {
        String chartJs = "/META-INF/resources/webjars/chart.js/" + chartJsVersion() + "/";
        Map<String, String> values = Map.of(
                "TITLE", text(scenario),
                "CHART_LICENCE", resource(chartJs + "LICENSE.md"),
                "CHART_JS", script(resource(chartJs + "dist/chart.umd.js")),
                "DATA", data(data));
        // in one pass: what is put in is not looked into
        return PLACEHOLDER
                .matcher(resource(TEMPLATE))
                .replaceAll(found -> Matcher.quoteReplacement(values.get(found.group(1))));
    }

    private static String chartJsVersion() {
        return resource(CHART_JS_POM)
                .lines()
                .filter(line -> line.startsWith("version="))
                .map(line -> line.substring("version=".length()).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no version in " + CHART_JS_POM));
    }

    private static String text(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** JSON has {@code <} in strings only, where it may be written so; then no text can end the element it is in. */
    private static String data(String json) {
        return json.replace("<", "\\u003c");
    }

    /** Nothing in it ends its element, and nothing has a browser ask for its source map. */
    private static String script(String source) {
        return source.replace("</script", "<\\/script")
                .replaceAll("(?m)^//# sourceMappingURL=.*$", "")
                .strip();
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not on the classpath: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
