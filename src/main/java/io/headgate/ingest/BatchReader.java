package io.headgate.ingest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.headgate.event.FaultCode;
import io.headgate.event.Slice;
import io.headgate.taxonomy.DuplicateKeyException;
import io.headgate.taxonomy.EventScanner;
import io.headgate.taxonomy.StrictJson;
import io.headgate.taxonomy.Taxonomy;
import io.headgate.taxonomy.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads a body once, as it came, and decides of each event whether it is valid. One instance belongs to one thread.
 *
 * <p>In a JSON array or object one syntax fault refuses the body; in NDJSON each line stands alone and a bad one is
 * rejected as {@code not_json}.
 */
final class BatchReader {
    private static final int EXPECTED_BATCH = 50;
    private static final String SHAPES =
            "send a JSON array of events, one event object, {\"batch\": [...]}, or NDJSON as application/x-ndjson";

    private final Taxonomy taxonomy;
    private final IngestSettings settings;
    private final StrictJson json = new StrictJson();
    private final EventScanner scanner;
    private final EventJudge judge;
    private int heavyBeyond;

    BatchReader(Taxonomy taxonomy, IngestSettings settings) {
        this.taxonomy = taxonomy;
        this.settings = settings;
        this.scanner = taxonomy.newScanner();
        this.judge = new EventJudge(taxonomy, scanner, settings.eventBytesMax());
    }

    /** Whether this reader judges by that taxonomy. */
    boolean reads(Taxonomy other) {
        return taxonomy == other;
    }

    /**
     * Reads the whole body.
     *
     * @param receivedMillis goes into every event
     * @param explainedMax events that the validator library is asked about before {@link Decoded.Heavy} is answered
     */
    Decoded read(String source, byte[] body, boolean ndjson, long receivedMillis, int explainedMax) {
        judge.begin(source, receivedMillis);
        heavyBeyond = explainedMax;
        try {
            return ndjson ? readLines(body) : readJson(body);
        } catch (JsonProcessingException e) {
            return malformed("the body is not JSON: " + explain(e));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private Decoded readJson(byte[] body) throws IOException {
        int bad = Utf8.firstMalformed(body, 0, body.length);
        if (bad >= 0) {
            return malformed("the body is not UTF-8 without a byte order mark: see byte " + bad);
        }
        try (JsonParser parser = json.parser(body, 0, body.length)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return malformed("the body is empty; " + SHAPES);
            }
            return switch (first) {
                case START_ARRAY -> readArrayBody(parser, body);
                case START_OBJECT -> readObjectBody(parser, body);
                default -> {
                    scanner.skip(parser);
                    expectEnd(parser);
                    yield malformed("the body is JSON but no batch of events; " + SHAPES);
                }
            };
        }
    }

    private Decoded readArrayBody(JsonParser parser, byte[] body) throws IOException {
        Batch batch = new Batch(EXPECTED_BATCH);
        if (!readElements(parser, body, batch)) {
            return cutShort();
        }
        expectEnd(parser);
        return nonEmpty(batch);
    }

    /** One event, or a wrapper: which of them is known only when a {@code batch} member is met, then it is read again. */
    private Decoded readObjectBody(JsonParser parser, byte[] body) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        scanner.scan(parser);
        int end = (int) parser.currentLocation().getByteOffset();
        boolean wrapper = scanner.hasBatchMember();
        Batch batch = new Batch(1);
        if (!wrapper) {
            judge.judgeScanned(batch, new Slice(body, start, end - start));
        }
        expectEnd(parser);
        return wrapper ? readWrapper(body) : new Decoded.Whole(batch);
    }

    /** The body was read to its end before, so its syntax is known to be good and no member stands twice. */
    private Decoded readWrapper(byte[] body) throws IOException {
        Batch batch = new Batch(EXPECTED_BATCH);
        try (JsonParser parser = json.parser(body, 0, body.length)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean events = parser.currentName().equals("batch");
                JsonToken value = parser.nextToken();
                if (!events) {
                    scanner.skip(parser);
                } else if (value != JsonToken.START_ARRAY) {
                    return malformed("\"batch\" must be an array of events");
                } else if (!readElements(parser, body, batch)) {
                    return cutShort();
                }
            }
        }
        return nonEmpty(batch);
    }

    /** Reads the elements of an array through its end; false where they are more, or heavier, than they may be. */
    private boolean readElements(JsonParser parser, byte[] body, Batch batch) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (batch.size() == settings.batchEventsMax() || heavy()) {
                return false;
            }
            readElement(parser, body, batch);
        }
        return true;
    }

    private void readElement(JsonParser parser, byte[] body, Batch batch) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        if (object) {
            scanner.scan(parser);
        } else {
            scanner.skip(parser);
            parser.finishToken(); // a string is read to its end only now
        }
        int end = (int) parser.currentLocation().getByteOffset();
        Slice element = new Slice(body, start, end - start);
        if (object) {
            judge.judgeScanned(batch, element);
        } else {
            judge.reject(batch, element, FaultCode.NOT_AN_OBJECT, "an event must be a JSON object");
        }
    }

    private Decoded readLines(byte[] body) throws IOException {
        boolean clean = Utf8.firstMalformed(body, 0, body.length) < 0;
        Batch batch = new Batch(EXPECTED_BATCH);
        for (Lines lines = new Lines(body); lines.next(); ) {
            if (batch.size() == settings.batchEventsMax() || heavy()) {
                return cutShort();
            }
            readLine(lines.line(), clean, batch);
        }
        return nonEmpty(batch);
    }

    private void readLine(Slice line, boolean clean, Batch batch) throws IOException {
        if (line.length() > settings.eventBytesMax()) {
            judge.rejectTooLarge(batch, line);
            return;
        }
        if (!clean && Utf8.firstMalformed(line.array(), line.offset(), line.length()) >= 0) {
            judge.reject(batch, line, FaultCode.NOT_JSON, "the line is not UTF-8 without a byte order mark");
            return;
        }
        try (JsonParser parser = json.parser(line.array(), line.offset(), line.length())) {
            parser.nextToken();
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                scanner.scan(parser);
                expectEnd(parser);
                judge.judgeScanned(batch, line);
            } else {
                scanner.skip(parser);
                expectEnd(parser);
                judge.reject(batch, line, FaultCode.NOT_AN_OBJECT, "an event must be a JSON object");
            }
        } catch (JsonProcessingException e) {
            judge.reject(batch, line, FaultCode.NOT_JSON, "the line is not JSON: " + explain(e));
        }
    }

    private static void expectEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "something follows its end");
        }
    }

    private Decoded nonEmpty(Batch batch) {
        return batch.size() == 0 ? malformed("the batch has no events; " + SHAPES) : new Decoded.Whole(batch);
    }

    private boolean heavy() {
        return judge.explained() > heavyBeyond;
    }

    private Decoded cutShort() {
        return heavy() ? new Decoded.Heavy() : new Decoded.Not(new Answer.TooMany(settings.batchEventsMax()));
    }

    private static Decoded malformed(String detail) {
        return new Decoded.Not(new Answer.Malformed(detail));
    }

    /** In our words and not the parser's, which speak of its options and quote the body. */
    private static String explain(JsonProcessingException e) {
        String what = "something stands there that JSON does not allow";
        if (e instanceof DuplicateKeyException) {
            what = "an object has a member twice";
        } else if (e instanceof JsonEOFException) {
            what = "it ends too early";
        } else if (e instanceof StreamConstraintsException) {
            what = "it is nested more than " + StrictJson.DEPTH_MAX + " deep";
        }
        JsonLocation at = e.getLocation();
        return at == null ? what : what + ", near byte " + at.getByteOffset();
    }
}
