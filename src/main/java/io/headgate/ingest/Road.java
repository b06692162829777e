package io.headgate.ingest;

import io.headgate.deliver.Delivered;
import io.headgate.deliver.Delivery;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The road of one batch, from a body to its verdicts. Nothing is counted as accepted before the stream has confirmed it.
 *
 * <p>A body of up to {@value #LOOP_BODY_BYTES_MAX} bytes is read where it arrived, on the event loop: handing it over
 * would cost more than reading it. A larger one would hold up the loop's other clients (8 MiB take some 30 ms) and is
 * read by a worker.
 */
public final class Road implements Ingest {
    static final int LOOP_BODY_BYTES_MAX = 256 * 1024;

    private final Vertx vertx;
    private volatile Taxonomy taxonomy;
    private final IngestSettings settings;
    private final Delivery delivery;
    private final Quarantine quarantine;
    private final Clock clock;
    private final Books books;
    /** A reader belongs to its thread; a new taxonomy makes a new reader at the thread's next batch. */
    private final ThreadLocal<BatchReader> readers;

    public Road(
            Vertx vertx,
            Taxonomy taxonomy,
            IngestSettings settings,
            Delivery delivery,
            Quarantine quarantine,
            Clock clock,
            Meters meters) {
        this.vertx = vertx;
        this.taxonomy = taxonomy;
        this.settings = settings;
        this.delivery = delivery;
        this.quarantine = quarantine;
        this.clock = clock;
        this.books = meters.books();
        this.readers = ThreadLocal.withInitial(() -> new BatchReader(taxonomy, settings));
    }

    @Override
    public Future<Answer> take(String source, EventRate rate, byte[] body, boolean ndjson) {
        long received = clock.wallMillis();
        if (body.length <= LOOP_BODY_BYTES_MAX) {
            return settle(source, rate, received, reader().read(source, body, ndjson, received));
        }
        return vertx.executeBlocking(() -> reader().read(source, body, ndjson, received), false)
                .compose(decoded -> settle(source, rate, received, decoded));
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
        if (!reader.reads(current)) {
            reader = new BatchReader(current, settings);
            readers.set(reader);
        }
        return reader;
    }

    private Future<Answer> settle(String source, EventRate rate, long received, Decoded decoded) {
        if (decoded instanceof Decoded.Not not) {
            return Future.succeededFuture(not.answer());
        }
        Batch batch = ((Decoded.Whole) decoded).batch();
        Optional<Duration> wait = rate.take(batch.size());
        if (wait.isPresent()) {
            return Future.succeededFuture(new Answer.OverRate(wait.get(), "more events than the source's rate allows"));
        }
        books.received(batch.size());
        return delivery.store(batch.events())
                .onFailure(fault -> books.refused(batch.size(), 0))
                .map(delivered -> conclude(source, received, batch, delivered));
    }

    private Answer conclude(String source, long received, Batch batch, Delivered delivered) {
        int stored = delivered.count(Outcome.STORED);
        int duplicate = delivered.count(Outcome.DUPLICATE);
        if (!delivered.whole()) {
            books.refused(batch.size(), stored);
            return new Answer.Refused(delivery.retryAfter());
        }
        books.answered(stored, duplicate, batch.rejections().size());
        for (Rejection rejection : batch.rejections()) {
            quarantine.put(Quarantined.cut(source, received, RejectionJson.array(rejection), rejection.json()));
        }
        return new Answer.Verdicts(batch.size(), stored, duplicate, results(batch, delivered), batch.rejections());
    }

    /** Merges the outcomes of the valid events with the rejected ones, which lack one. */
    private static List<Answer.Result> results(Batch batch, Delivered delivered) {
        List<Answer.Result> results = new ArrayList<>(batch.size());
        List<Rejection> rejections = batch.rejections();
        int rejected = 0;
        for (int index = 0; index < batch.size(); index++) {
            if (rejected < rejections.size() && rejections.get(rejected).index() == index) {
                results.add(new Answer.Result(batch.id(index), Answer.Verdict.REJECTED));
                rejected++;
            } else {
                Outcome outcome = delivered.outcomes().get(index - rejected);
                results.add(new Answer.Result(batch.id(index), verdict(outcome)));
            }
        }
        return results;
    }

    private static Answer.Verdict verdict(Outcome outcome) {
        return switch (outcome) {
            case STORED -> Answer.Verdict.ACCEPTED;
            case DUPLICATE -> Answer.Verdict.DUPLICATE;
            case NOT_STORED, UNKNOWN -> throw new IllegalStateException("no verdict without a confirmed write");
        };
    }
}
