package io.headgate.embedded;

import io.headgate.time.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that run a server on one directory, recognised by their arguments. A process whose arguments cannot be
 * read is none of ours: a zombie has none, and those of the user's own processes can always be read.
 */
final class Processes {
    private static final Logger LOG = LoggerFactory.getLogger(Processes.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);

    private final Path conf;
    private final Clock clock;

    Processes(Path conf, Clock clock) {
        this.conf = conf;
        this.clock = clock;
    }

    /** What a server is started with; nothing else on a machine has these arguments. */
    List<String> arguments() {
        return List.of(conf.toString(), "--daemonize", "yes");
    }

    /** The servers that run on the directory, without the children that they rewrite their files with. */
    List<ProcessHandle> servers() {
        List<ProcessHandle> all =
                ProcessHandle.allProcesses().filter(this::isServer).toList();
        Set<Long> pids = all.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
        return all.stream()
                .filter(process -> process.parent()
                        .map(parent -> !pids.contains(parent.pid()))
                        .orElse(true))
                .toList();
    }

    /** Whether the process still runs a server on the directory. */
    boolean lives(long pid) {
        return ProcessHandle.of(pid).map(this::isServer).orElse(false);
    }

    private boolean isServer(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(arguments -> Arrays.asList(arguments).equals(arguments()))
                .orElse(false);
    }

    /**
     * Stops the process and waits until it is gone: first politely, then by force, which loses nothing that was
     * confirmed, because each write is on disk before its reply.
     *
     * @throws EmbeddedRedisException when it outlives even that
     */
    void stop(ProcessHandle process, BooleanSupplier alive, Duration patience) {
        process.destroy();
        if (until(patience, () -> !alive.getAsBoolean())) {
            return;
        }
        LOG.warn("the embedded Redis (process {}) does not stop, it is killed", process.pid());
        process.destroyForcibly();
        if (!until(KILLED_WITHIN, () -> !alive.getAsBoolean())) {
            throw new EmbeddedRedisException("the Redis server with process id " + process.pid() + " on "
                    + conf.getParent() + " cannot be killed: end it by hand, for a second one would lose events");
        }
    }

    /** Looks again and again until the condition holds or the time is over; says whether it holds. */
    boolean until(Duration limit, BooleanSupplier condition) {
        long deadline = clock.nanos() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (clock.nanos() - deadline >= 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
    }
}
