package io.headgate.journal;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what became of entries to whoever waits for it: in their order, with one hop to each context. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    static void tell(List<Entry> entries, Consumer<Entry> answer) {
        IdentityHashMap<Context, List<Entry>> byContext = new IdentityHashMap<>();
        for (Entry entry : entries) {
            byContext
                    .computeIfAbsent(entry.context(), context -> new ArrayList<>())
                    .add(entry);
        }
        byContext.forEach((context, own) -> context.runOnContext(ignored -> own.forEach(entry -> tell(entry, answer))));
    }

    /** A fault of one who waits keeps nobody else waiting. */
    private static void tell(Entry entry, Consumer<Entry> answer) {
        try {
            answer.accept(entry);
        } catch (RuntimeException e) {
            LOG.error("journal_answer_failed channel={}", entry.channel(), e);
        }
    }
}
