package io.headgate.ingest;

import io.headgate.deliver.Delivered;
import io.headgate.deliver.Delivery;
import io.headgate.event.Event;
import io.headgate.event.Outcome;
import io.headgate.event.Quarantined;
import io.headgate.event.Rejection;
import io.headgate.meter.Books;
import io.headgate.meter.Meters;
import io.headgate.quarantine.Quarantine;
import io.headgate.taxonomy.Taxonomy;
import io.headgate.time.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The road of one batch, from a body to its verdicts. Nothing is counted as accepted before the
 * stream or the journal has confirmed it.
 *
 * <p>A body of up to {@value #LOOP_BODY_BYTES_MAX} bytes is read where it arrived, on the event loop: handing it over
 * would cost more than reading it. A larger one (8 MiB of valid events take some 30 ms), and one with more than
 * {@value #LOOP_EXPLAINED_MAX} events that the validator library has to explain, would hold up the loop's other clients
 * and Redis's answers, and is read by a worker. There are as many workers as cores, which also bounds the memory that
 * explanations take: they can be a hundred times larger than the body.
 */
public final class Road implements Ingest {
    static final int LOOP_BODY_BYTES_MAX = 256 * 1024;
    static final int LOOP_EXPLAINED_MAX = 20;

    private final WorkerExecutor workers;
    private volatile Taxonomy taxonomy;
    private final IngestSettings settings;
    private final Delivery delivery;
    private final Quarantine quarantine;
    private final Witness witness;
    private final Clock clock;
    private final Books books;
    /** A reader belongs to its thread; a new taxonomy makes a new reader at the thread's next batch. */
    private final ThreadLocal<@Nullable BatchReader> readers;

    public Road(
            Vertx vertx,
            Taxonomy taxonomy,
            IngestSettings settings,
            Delivery delivery,
            Quarantine quarantine,
            Witness witness,
            Clock clock,
            Meters meters) {
        this.workers = vertx.createSharedWorkerExecutor(
                "heavy-batches", Runtime.getRuntime().availableProcessors());
        this.taxonomy = taxonomy;
        this.settings = settings;
        this.delivery = delivery;
        this.quarantine = quarantine;
        this.witness = witness;
        this.clock = clock;
        this.books = meters.books();
        this.readers = new ThreadLocal<>();
    }

    @Override
    public Future<Answer> take(String source, EventRate rate, byte[] body, boolean ndjson) {
        long received = clock.wallMillis();
        Decoded decoded = body.length > LOOP_BODY_BYTES_MAX
                ? new Decoded.Heavy()
                : reader().read(source, body, ndjson, received, LOOP_EXPLAINED_MAX);
        if (decoded instanceof Decoded.Heavy) {
            return workers.executeBlocking(
                            () -> reader().read(source, body, ndjson, received, Integer.MAX_VALUE), false)
                    .compose(read -> settle(source, rate, received, read));
        }
        return settle(source, rate, received, decoded);
    }

    @Override
    public boolean ready() {
        return delivery.ready();
    }

    /** The taxonomy in force. */
    public Taxonomy taxonomy() {
        return taxonomy;
    }

    /** Judges every batch from here on by another taxonomy. */
    public void use(Taxonomy next) {
        taxonomy = next;
    }

    private BatchReader reader() {
        Taxonomy current = taxonomy;
        BatchReader reader = readers.get();
        if (reader == null || !reader.reads(current)) {
            reader = new BatchReader(current, settings);
            readers.set(reader);
        }
        return reader;
    }

    private Future<Answer> settle(String source, EventRate rate, long received, Decoded decoded) {
        if (!(decoded instanceof Decoded.Whole whole)) {
            return Future.succeededFuture(((Decoded.Not) decoded).answer());
        }
        Batch batch = whole.batch();
        books.received(batch.size());
        Optional<Duration> wait = rate.take(batch.size());
        if (wait.isPresent()) {
            books.refused(batch.size(), 0, 0);
            return Future.succeededFuture(new Answer.OverRate(wait.get(), "more events than the source's rate allows"));
        }
        return Future.succeededFuture(batch.events())
                .compose(delivery::store)
                .onFailure(fault -> books.refused(batch.size(), 0, 0))
                .map(delivered -> conclude(source, received, batch, delivered));
    }

    private Answer conclude(String source, long received, Batch batch, Delivered delivered) {
        int stored = delivered.count(Outcome.STORED);
        int journaled = delivered.count(Outcome.JOURNALED);
        int duplicate = delivered.count(Outcome.DUPLICATE);
        tellOfLeads(source, batch.events(), delivered.outcomes());
        if (!delivered.whole()) {
            books.refused(batch.size(), stored, journaled);
            witness.refused(source, batch.size());
            return new Answer.Refused(delivery.retryAfter());
        }
        List<Answer.Result> results = batch.results(delivered.outcomes()::get);
        books.answered(stored, journaled, duplicate, batch.rejections().size());
        witness.answered(
                source, stored + journaled, duplicate, batch.rejections().size());
        for (Rejection rejection : batch.rejections()) {
            quarantine.put(Quarantined.cut(source, received, RejectionJson.array(rejection), rejection.json()));
        }
        return new Answer.Verdicts(batch.size(), stored, journaled, duplicate, results, batch.rejections());
    }

    /** Only what was stored now counts: a client that sends its old leads again must not hide that no new one comes. */
    private void tellOfLeads(String source, List<Event> events, List<Outcome> outcomes) {
        int count = 0;
        Event last = null;
        for (int i = 0; i < events.size(); i++) {
            Outcome outcome = outcomes.get(i);
            if (events.get(i).lead() && (outcome == Outcome.STORED || outcome == Outcome.JOURNALED)) {
                last = events.get(i);
                count++;
            }
        }
        if (last != null) {
            witness.stored(source, count, last);
        }
    }
}
