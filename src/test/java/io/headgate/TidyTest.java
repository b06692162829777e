package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** House style that a compiler does not hold: lengths, banned calls, leftovers. */
class TidyTest {
    private static final int FILE_LINES_MAX = 400;
    private static final int METHOD_LINES_MAX = 70;

    /** A method's first line, as the formatter writes it; also that of a method of a nested class. */
    private static final Pattern METHOD =
            Pattern.compile("^( {4}| {8})(?!return|throw|new|else)[\\w@<>\\[\\], .?]+ \\w+\\(.*[{(,)]$");

    private static final Map<String, Pattern> BANNED_EVERYWHERE = Map.of(
            "a leftover", Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b"),
            "a printed stack trace", Pattern.compile("printStackTrace"),
            "a sleep that hopes", Pattern.compile("Thread\\.sleep\\("),
            "a test switched off", Pattern.compile("@Disabled|assumeTrue|assumeFalse"));

    private static final Map<String, Pattern> BANNED_IN_MAIN = Map.of(
            "printing", Pattern.compile("System\\.(out|err)\\.print"),
            "an exit", Pattern.compile("System\\.exit\\(|halt\\("),
            "a room without a noun", Pattern.compile("^package io\\.headgate\\.(util|common|impl|model|service)\\b"));

    @Test
    void filesAndMethodsStaySmall() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources("src/main/java", "src/test/java")) {
            List<String> lines = lines(file);
            if (lines.size() > FILE_LINES_MAX) {
                tooLong.add(file + ": " + lines.size() + " lines");
            }
            tooLong.addAll(longMethods(file, lines));
        }

        assertThat(tooLong).isEmpty();
    }

    @Test
    void nothingBannedIsLeft() {
        List<String> found = new ArrayList<>();
        for (Path file : sources("src/main/java", "src/test/java")) {
            if (!file.endsWith("TidyTest.java")) {
                found.addAll(matches(file, BANNED_EVERYWHERE));
            }
        }
        for (Path file : sources("src/main/java")) {
            if (!file.endsWith("Main.java")) {
                found.addAll(matches(file, BANNED_IN_MAIN));
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void everyRoomSaysWhatItIsForAndIsNullMarked() {
        List<String> silent = new ArrayList<>();
        for (Path file : sources("src/main/java")) {
            Path map = file.resolveSibling("package-info.java");
            if (!Files.exists(map) || !String.join("\n", lines(map)).contains("@NullMarked")) {
                silent.add(map.toString());
            }
        }

        assertThat(silent).isEmpty();
    }

    private static List<String> longMethods(Path file, List<String> lines) {
        List<String> tooLong = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher start = METHOD.matcher(lines.get(i));
            if (!start.find()) {
                continue;
            }
            String close = start.group(1) + "}";
            int end = i;
            while (end < lines.size() && !lines.get(end).equals(close)) {
                end++;
            }
            if (end < lines.size() && end - i + 1 > METHOD_LINES_MAX) {
                tooLong.add(file + ":" + (i + 1) + ": a method of " + (end - i + 1) + " lines");
            }
        }
        return tooLong;
    }

    private static List<String> matches(Path file, Map<String, Pattern> banned) {
        List<String> found = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            for (Map.Entry<String, Pattern> rule : banned.entrySet()) {
                if (rule.getValue().matcher(lines.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + ": " + rule.getKey());
                }
            }
        }
        return found;
    }

    private static List<Path> sources(String... roots) {
        List<Path> files = new ArrayList<>();
        for (String root : roots) {
            try (Stream<Path> walk = Files.walk(Path.of(root))) {
                walk.filter(path -> path.toString().endsWith(".java")).forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
