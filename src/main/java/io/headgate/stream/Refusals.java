package io.headgate.stream;

import io.headgate.stream.WriteFault.Kind;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions' writes Redis refuses though the connection is well: full, forbidden, a key of the wrong type. A
 * partition is refused by its last call or trial, and until the next that is not.
 *
 * <p>Tells the beginning of each refusal at once, and its end at the next look, so that a partition whose calls are
 * refused now and then costs two lines a beat and not two a call. Belongs to the supervision, under its lock.
 */
final class Refusals {
    /** What is so of a partition that is refused. */
    record Refusal(WriteFault why, long sinceMillis) {}

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final @Nullable Refusal[] refusals;
    private final @Nullable Kind[] told;
    private final AtomicInteger refused = new AtomicInteger();

    Refusals(int partitions) {
        this.refusals = new Refusal[partitions];
        this.told = new Kind[partitions];
    }

    /** Whether a fault says that Redis, being there, does not take the write. */
    static boolean isRefusal(WriteFault fault) {
        return switch (fault.kind()) {
            case NOT_APPLIED, DENIED, BROKEN -> true;
            case OVERLOADED, AWAY, TIMEOUT, LOST -> false;
        };
    }

    /** Whether no partition is refused. May be asked without the lock. */
    boolean none() {
        return refused.get() == 0;
    }

    /** Whether nothing can be written, for every partition is refused. */
    boolean all() {
        return refused.get() == refusals.length;
    }

    @Nullable
    Refusal of(int partition) {
        return refusals[partition];
    }

    void begin(int partition, WriteFault why, long nowMillis) {
        Refusal before = refusals[partition];
        refusals[partition] = new Refusal(why, before == null ? nowMillis : before.sinceMillis);
        refused.addAndGet(before == null ? 1 : 0);
        if (told[partition] != why.kind()) {
            told[partition] = why.kind();
            tell(partition, why);
        }
    }

    void end(int partition) {
        if (refusals[partition] != null) {
            refusals[partition] = null;
            refused.decrementAndGet();
        }
    }

    /** Tells which refusals have ended since the last look. */
    void look() {
        for (int partition = 0; partition < told.length; partition++) {
            if (told[partition] != null && refusals[partition] == null) {
                told[partition] = null;
                LOG.info("redis takes writes again partition={}", partition);
            }
        }
    }

    private static void tell(int partition, WriteFault why) {
        if (why.kind() == Kind.NOT_APPLIED) {
            LOG.warn("redis refuses writes partition={} kind={} detail={}", partition, why.kind(), why.detail());
        } else {
            LOG.error(
                    "redis refuses writes, a person must look partition={} kind={} detail={}",
                    partition,
                    why.kind(),
                    why.detail());
        }
    }
}
