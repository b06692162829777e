package io.headgate;

import io.headgate.config.TaxonomyFiles;
import io.headgate.taxonomy.EventType;
import io.headgate.taxonomy.Taxonomy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the taxonomy, at the start and again when it is told to, and knows which types are leads'. Safe for use by any thread. */
final class TaxonomyInForce {
    private static final Logger LOG = LoggerFactory.getLogger(TaxonomyInForce.class);

    private final Vertx vertx;
    private final TaxonomyFiles files;
    private volatile Set<String> leads = Set.of();

    TaxonomyInForce(Vertx vertx, TaxonomyFiles files) {
        this.vertx = vertx;
        this.files = files;
    }

    /** Reads and compiles it. One with a fault is refused whole, and the one before stays in force. */
    Future<Taxonomy> read() {
        return vertx.executeBlocking(() -> Taxonomy.compile(files.read()))
                .onSuccess(taxonomy -> leads = taxonomy.types().stream()
                        .filter(EventType::lead)
                        .map(EventType::name)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** The same while it is in use; {@code use} is told of the new one. */
    Future<Taxonomy> reload(Consumer<Taxonomy> use) {
        return read().onSuccess(taxonomy -> {
                    use.accept(taxonomy);
                    LOG.info("taxonomy_reloaded version={}", taxonomy.version());
                })
                .onFailure(fault -> LOG.warn("taxonomy_refused, the running one stays: {}", fault.getMessage()));
    }

    /** Whether events of this type are leads. */
    boolean isLead(String type) {
        return leads.contains(type);
    }
}
