package io.headgate.alert;

import io.headgate.meter.Meters;
import io.headgate.meter.Tally;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One state of the watch that outlives the process. Nothing that goes wrong with it stops the watch: what cannot be read is
 * put aside under {@code NAME.bad}, what cannot be written is told once and tried again by whoever writes next.
 *
 * <p>Belongs to the loop of the alerting; writes run on the worker. {@link #fault} is safe for use by any thread.
 */
final class SavedState {
    private static final Logger LOG = LoggerFactory.getLogger(SavedState.class);

    private final String name;
    private final Path file;
    private final SlotFile slots;
    private final Executor worker;
    private final Tally unreadable;
    private final Tally unwritten;
    private volatile boolean writing;
    private volatile Optional<String> fault = Optional.empty();
    private boolean lost;

    /** @param worker runs one task after the other, in their order */
    SavedState(Path dir, String name, Executor worker, Meters meters) {
        this.name = name;
        this.file = dir.resolve(name);
        this.slots = new SlotFile(file);
        this.worker = worker;
        this.unreadable = meters.tally(
                "headgate_alert_state_unreadable", "States of the watch that could not be read", "state", name);
        this.unwritten = meters.tally(
                "headgate_alert_state_unwritten", "Writes of a state of the watch that failed", "state", name);
    }

    /** What was written last; empty where there is none or it cannot be read. Blocks. */
    <T> Optional<T> read(Function<JsonObject, T> decode) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            byte[] state = slots.read().orElseThrow(() -> new IOException("no slot of it is whole"));
            return Optional.of(decode.apply(new JsonObject(Buffer.buffer(state))));
        } catch (IOException | RuntimeException e) {
            // whatever a strange file makes the decoder throw is no reason not to start
            lost = true;
            unreadable.increment();
            LOG.error(
                    "alert_state_unreadable, the watch starts without it: {}, kept as {}.bad: {}",
                    file,
                    name,
                    e.toString());
            putAside();
            return Optional.empty();
        }
    }

    /** Whether there was one that could not be read. */
    boolean lost() {
        return lost;
    }

    /** Whether the write before is still under way. */
    boolean writing() {
        return writing;
    }

    /** Why the last write failed; empty when it did not. */
    Optional<String> fault() {
        return fault;
    }

    /** Succeeds once it was tried; what went wrong is in {@link #fault}. */
    Future<Void> write(Supplier<JsonObject> state) {
        Promise<Void> done = Promise.promise();
        writing = true;
        worker.execute(() -> {
            try {
                slots.write(state.get().toBuffer().getBytes());
                written();
            } catch (IOException | RuntimeException | Error e) {
                failed(e); // an Error too: that no memory was left for it must be seen
            } finally {
                writing = false;
                done.complete();
            }
        });
        return done.future();
    }

    private void written() {
        if (fault.isPresent()) {
            LOG.info("alert_state_written again: {}", file);
            fault = Optional.empty();
        }
    }

    private void failed(Throwable e) {
        unwritten.increment();
        boolean news = fault.isEmpty();
        fault = Optional.of(name + ": " + e);
        if (news) {
            LOG.warn("alert_state_unwritten, the watch goes on without it: {}: {}", file, e.toString());
        }
    }

    private void putAside() {
        try {
            Files.move(file, file.resolveSibling(name + ".bad"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.error("alert_state_unreadable and cannot be put aside: {}: {}", file, e.toString());
        }
    }
}
