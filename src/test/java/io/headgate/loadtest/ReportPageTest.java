package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    private static final String HOSTILE = "</script><script>alert(1)</script><!-- <b>&amp; \" @@DATA@@ \\u003c $1";

    @TempDir
    private Path dir;

    @Test
    void thePageAsksNobodyForAnything() throws IOException {
        String page = page(SampleReports.outage());

        assertThat(page).contains("default-src 'none'");
        assertThat(page).doesNotContain("sourceMappingURL");
        assertThat(page).doesNotContainPattern("<(script|img|link|iframe)[^>]* (src|href)=");
        assertThat(page).doesNotContainPattern("@import|url\\(\\s*['\"]?(http|//)");
    }

    @Test
    void thePageHoldsTheLibraryWithItsLicence() throws IOException {
        assertThat(page(SampleReports.outage()))
                .contains("Chart.js v", "The above copyright notice and this permission notice")
                .doesNotContain("@@");
    }

    @Test
    void noTextOfTheReportIsTakenForMarkup() throws IOException {
        Report report = SampleReports.report(HOSTILE, 1, List.of(new Check(HOSTILE, false, HOSTILE)), List.of());

        String page = page(report);

        assertThat(page).doesNotContain("alert(1)</script>").doesNotContain("<script>alert");
        assertThat(page).containsOnlyOnce("</title>").contains("<title>&lt;/script&gt;");
        assertThat(count(page, "</script>")).isEqualTo(count(page, "<script")).isEqualTo(3);
    }

    @Test
    void theScriptPutsTextInAsText() throws IOException {
        String script = page(SampleReports.outage());
        script = script.substring(script.lastIndexOf("<script>"));

        assertThat(script).contains("made.append(...content)");
        assertThat(script).doesNotContainPattern("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(");
    }

    @Test
    void thePageHasTheWholeReport() throws IOException {
        Report report = SampleReports.report(HOSTILE, 1, List.of(new Check(HOSTILE, false, HOSTILE)), List.of());

        Matcher data = DATA.matcher(page(report));

        assertThat(data.find()).isTrue();
        Path copy = Files.writeString(dir.resolve("copy.json"), data.group(1));
        assertThat(ReportFiles.read(copy)).isEqualTo(report);
    }

    private String page(Report report) throws IOException {
        return Files.readString(ReportFiles.write(dir, report));
    }

    private static int count(String page, String word) {
        return page.split(Pattern.quote(word), -1).length - 1;
    }
}
