package io.headgate.destination;

import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to compressed files, each batch flushed before it is answered. The disk is touched by one worker thread of
 * its own and nowhere else.
 *
 * <p>At least once: what a crash, or a disk that hung, left unanswered is written again under the same {@code position}.
 */
final class Archive implements Destination {
    /** A disk that takes longer hangs. */
    static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);

    private static final Duration OVER_EVERY = Duration.ofMinutes(1);
    private static final Duration KEEP_EVERY = Duration.ofHours(1);

    /** Of one task before Vert.x complains of it: files that a dead process left are read whole. */
    private static final int TASK_MINUTES = 10;

    private final DestinationSettings.Archive settings;
    private final Timers timers;
    private final ArchiveFiles files;
    private final WorkerExecutor worker;
    private final List<Timers.Timer> periodic = new ArrayList<>();
    /** Deliveries that the worker has not ended, also those that were answered as late. */
    private int underWay;

    private boolean closed;

    Archive(Vertx vertx, DestinationSettings.Archive settings, Clock clock, Timers timers) {
        this.settings = settings;
        this.timers = timers;
        this.files = new ArchiveFiles(settings, ArchiveFiles.BYTES_MAX, clock);
        String name = "archive-" + UUID.randomUUID(); // a name of its own is a thread of its own
        this.worker = vertx.createSharedWorkerExecutor(name, 1, TASK_MINUTES, TimeUnit.MINUTES);
    }

    @Override
    public DestinationSettings settings() {
        return settings;
    }

    @Override
    public Future<Void> open() {
        return work(() -> {
                    files.begin();
                    return true;
                })
                .recover(why -> Future.failedFuture(sentence(why)))
                .map(this::keepUp);
    }

    @Override
    public Future<Answer> deliver(List<Outgoing> batch) {
        if (closed) {
            return Future.succeededFuture(failed("the archive is closed"));
        }
        if (underWay >= settings.limits().concurrency()) {
            return Future.succeededFuture(failed("the disk hangs, and has not ended what it was given before"));
        }
        underWay++;
        Future<Answer> answer = work(() -> append(batch))
                .otherwise(why -> failed(sentence(why)))
                .onComplete(done -> underWay--);
        Answer late = failed("the disk has not answered within " + DEADLINE.toSeconds() + " s");
        return Deadline.of(answer, DEADLINE, Future.succeededFuture(late), timers);
    }

    @Override
    public Future<Void> close() {
        if (closed) {
            return Future.succeededFuture();
        }
        closed = true;
        periodic.forEach(Timers.Timer::cancel);
        periodic.clear();
        return work(() -> {
                    files.close();
                    return true;
                })
                .eventually(worker::close)
                .mapEmpty();
    }

    private Answer append(List<Outgoing> batch) {
        try {
            files.append(batch);
            return new Answer.Delivered();
        } catch (IOException | RuntimeException e) {
            return failed(sentence(e));
        }
    }

    private Void keepUp(boolean opened) {
        if (periodic.isEmpty()) {
            periodic.add(timers.every(
                    OVER_EVERY,
                    () -> upkeep(() -> {
                        files.closeOver();
                        return true;
                    })));
            periodic.add(timers.every(
                    KEEP_EVERY,
                    () -> upkeep(() -> {
                        files.keep();
                        return true;
                    })));
        }
        return null;
    }

    private void upkeep(Callable<Boolean> task) {
        work(task)
                .onFailure(
                        why -> LOG.warn("archive_upkeep_failed destination={} why={}", settings.name(), sentence(why)));
    }

    private <T> Future<T> work(Callable<T> task) {
        return worker.executeBlocking(task, true);
    }

    private Answer failed(String sentence) {
        return new Answer.Failed("append to " + settings.dir(), sentence, null);
    }

    private String sentence(Throwable why) {
        String what = "the archive in " + settings.dir() + " cannot be written: " + why.getMessage();
        return what.length() <= Answer.ANSWER_CHARS_MAX ? what : what.substring(0, Answer.ANSWER_CHARS_MAX);
    }
}
