package io.headgate.loadtest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run's files: {@code report.json}, to compare it with another, and {@code report.html}, to look at. What is read is
 * whole and of this format, or refused.
 */
final class ReportFiles {
    private static final String DATA = "report.json";
    private static final String PAGE = "report.html";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ReportFiles() {}

    /** Writes both files into the directory, which is made if it is not there; the page's path. */
    static Path write(Path dir, Report report) throws IOException {
        Files.createDirectories(dir);
        Files.writeString(dir.resolve(DATA), JSON.writeValueAsString(report) + "\n");
        String compact =
                JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report);
        return Files.writeString(dir.resolve(PAGE), ReportPage.html(report.scenario(), compact));
    }

    /**
     * Reads a report.
     *
     * @param file it, or the directory that has it
     * @throws IOException when it is not there, broken, or of another format; its message says what to do
     */
    static Report read(Path file) throws IOException {
        Path data = Files.isDirectory(file) ? file.resolve(DATA) : file;
        if (!Files.isRegularFile(data)) {
            throw new IOException(data + ": no such file; name a run's " + DATA + ", or the directory that has it");
        }
        try {
            JsonNode tree = JSON.readTree(Files.readString(data));
            int format = tree.path("format").asInt(-1);
            if (format != Report.FORMAT) {
                throw new IOException(data + ": " + (format < 0 ? "no report" : "a report of format " + format)
                        + "; this program reads format " + Report.FORMAT
                        + ": run the scenario again with it, or compare with the version that wrote the file");
            }
            return JSON.treeToValue(tree, Report.class);
        } catch (JacksonException broken) {
            throw new IOException(
                    data + ": broken" + where(broken) + " (" + broken.getOriginalMessage()
                            + "); run the scenario again to have a whole one",
                    broken);
        }
    }

    private static String where(JacksonException broken) {
        return broken instanceof JsonMappingException mapping
                        && !mapping.getPath().isEmpty()
                ? " at " + mapping.getPathReference()
                : "";
    }
}
