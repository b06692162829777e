package io.headgate.ingest;

import io.headgate.event.Event;
import io.headgate.event.Fault;
import io.headgate.event.FaultCode;
import io.headgate.event.Rejection;
import io.headgate.event.Slice;
import io.headgate.taxonomy.EventScanner;
import io.headgate.taxonomy.EventType;
import io.headgate.taxonomy.Taxonomy;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides of one event that was just scanned whether it is valid, and puts it into the batch as that or as rejected. The
 * scanner is believed where it is certain; everything else, and every rejection by a schema, is decided by the
 * taxonomy's validator. One instance belongs to one thread.
 */
final class EventJudge {
    /**
     * Faults told of one batch in full. A batch of three kilobytes could otherwise ask for an answer of a megabyte; of the
     * events beyond it the first fault is told.
     */
    static final int BATCH_FAULTS_MAX = 1000;

    private final Taxonomy taxonomy;
    private final EventScanner scanner;
    private final int eventBytesMax;
    private String source = "";
    private long receivedMillis;
    private int explained;
    private int faultsLeft;

    EventJudge(Taxonomy taxonomy, EventScanner scanner, int eventBytesMax) {
        this.taxonomy = taxonomy;
        this.scanner = scanner;
        this.eventBytesMax = eventBytesMax;
    }

    /** What the events from here on have in common. */
    void begin(String newSource, long newReceivedMillis) {
        source = newSource;
        receivedMillis = newReceivedMillis;
        explained = 0;
        faultsLeft = BATCH_FAULTS_MAX;
    }

    /** Events of this batch that the validator library was asked about: each costs as much as fifty that it was not. */
    int explained() {
        return explained;
    }

    /** Judges the event that the scanner read last; {@code json} is where it stands. */
    void judgeScanned(Batch batch, Slice json) {
        EventType type = scanner.type();
        UUID id = EventIds.parse(scanner.eventId());
        List<Fault> faults = json.length() > eventBytesMax ? List.of(tooLarge(json)) : faults(json, type, id);
        String session = scanner.sessionId();
        if (!faults.isEmpty() || type == null || id == null || session == null) {
            batch.add(new Rejection(
                    batch.size(), id, scanner.eventName(), type == null ? null : type.version(), faults, json));
        } else {
            batch.add(new Event(id, type.name(), source, session, type.lead(), receivedMillis, json));
        }
    }

    void rejectTooLarge(Batch batch, Slice json) {
        reject(
                batch,
                json,
                FaultCode.TOO_LARGE,
                "an event has at most " + eventBytesMax + " bytes, not " + json.length());
    }

    private Fault tooLarge(Slice json) {
        return Fault.of(FaultCode.TOO_LARGE, "an event has at most " + eventBytesMax + " bytes, not " + json.length());
    }

    /** Rejects what could not be scanned as an event at all. */
    void reject(Batch batch, Slice json, FaultCode code, String message) {
        batch.add(new Rejection(batch.size(), null, null, null, List.of(Fault.of(code, message)), json));
    }

    private List<Fault> faults(Slice json, @Nullable EventType type, @Nullable UUID id) {
        if (type == null && scanner.eventName() != null) {
            return List.of(new Fault(
                    FaultCode.UNKNOWN_EVENT_NAME,
                    "/event_name",
                    "",
                    "is no event type of this taxonomy; GET /v1/schema lists them"));
        }
        if (!scanner.certainlyValid()) {
            explained++;
            List<Fault> faults = taxonomy.explain(json, type);
            if (!faults.isEmpty()) {
                return told(faults);
            }
        }
        return coreFaults(id);
    }

    /** All faults of an event while the batch has not told too many, then the first alone. */
    private List<Fault> told(List<Fault> faults) {
        List<Fault> told = faults.subList(0, Math.max(1, Math.min(faults.size(), faultsLeft)));
        faultsLeft -= told.size();
        return told;
    }

    /** What the road itself needs of every event, whatever the taxonomy's files say. */
    private List<Fault> coreFaults(@Nullable UUID id) {
        if (scanner.eventName() == null) {
            return List.of(schema("/event_name", "required", "is required"));
        }
        if (id == null) {
            return List.of(schema("/event_id", "format", "must be a UUID"));
        }
        if (scanner.sessionId() == null) {
            return List.of(schema("/session_id", "required", "is required"));
        }
        return List.of();
    }

    private static Fault schema(String pointer, String keyword, String message) {
        return new Fault(FaultCode.SCHEMA, pointer, keyword, message);
    }
}
