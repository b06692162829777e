package io.headgate.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one server to life on a locked directory, and to its end. Before each start it looks for a server that runs
 * there already, whoever started it:
 *
 * <pre>
 *   none                                              -> start one
 *   one, as recorded, answers, same settings          -> take it over
 *   any other (silent, other settings, unrecorded,
 *   more than one, the directory was renamed)         -> stop it, wait until it is gone, start one
 * </pre>
 *
 * <p>Owned by the thread of {@link EmbeddedRedis}.
 */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration SURVIVOR_STOPS_WITHIN = Duration.ofSeconds(3);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(8);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOADING_NEWS_EVERY = Duration.ofSeconds(10);
    private static final long DETACHES_WITHIN_SECONDS = 30;
    private static final int FREE_PORT_TRIES_MAX = 5;

    private final Home home;
    private final EmbeddedSettings settings;
    private final Binary binary;
    private final Processes processes;
    private final BooleanSupplier stopping;

    Keeper(Home home, EmbeddedSettings settings, Binary binary, Processes processes, BooleanSupplier stopping) {
        this.home = home;
        this.settings = settings;
        this.binary = binary;
        this.processes = processes;
        this.stopping = stopping;
    }

    /** The one server of the directory, answering and with its data loaded. */
    ServerRecord takeOverOrStart(int port) throws IOException {
        List<ProcessHandle> running = processes.servers();
        Optional<ServerRecord> recorded = home.recorded();
        if (running.size() == 1 && recorded.isPresent() && fits(running.get(0), recorded.get(), port)) {
            ServerRecord survivor = recorded.get();
            LOG.info("took over the embedded Redis (process {}) on {}", survivor.pid(), survivor.address());
            waitWhileLoading(survivor.port(), survivor.pid());
            return survivor;
        }
        stopAllBut(-1);
        if (recorded.isPresent()) {
            stopUnderAnotherName(recorded.get());
        }
        home.dropRecord();
        home.dropUnfinishedRewrites();
        return start(port);
    }

    boolean lives(ServerRecord server) {
        return processes.lives(server.pid());
    }

    /** Stops the server, also one whose start was not finished, and waits until it is gone. */
    void stop() throws IOException {
        processes.servers().forEach(process -> stop(process, STOPS_WITHIN));
        home.dropRecord();
    }

    /** Looks again until there is none: a server that was just putting itself into the background leaves a child behind. */
    private void stopAllBut(long pid) {
        List<ProcessHandle> others = serversBut(pid);
        while (!others.isEmpty()) {
            for (ProcessHandle process : others) {
                LOG.info("stopping a Redis (process {}) that an earlier gateway left", process.pid());
                stop(process, SURVIVOR_STOPS_WITHIN);
            }
            others = serversBut(pid);
        }
    }

    private List<ProcessHandle> serversBut(long pid) {
        return processes.servers().stream()
                .filter(process -> process.pid() != pid)
                .toList();
    }

    private void stop(ProcessHandle process, Duration patience) {
        processes.stop(process, () -> processes.lives(process.pid()), patience);
    }

    private boolean fits(ProcessHandle process, ServerRecord recorded, int port) throws IOException {
        int wanted = port == 0 ? recorded.port() : port;
        return process.pid() == recorded.pid()
                && home.lastConf().equals(Conf.text(home.dir(), wanted, settings.maxmemory()))
                && ServerInfo.ask(recorded.port())
                        .map(info -> info.pid() == recorded.pid()
                                && info.runId().equals(recorded.runId())
                                && info.dir().equals(home.dir()))
                        .orElse(false);
    }

    /**
     * A server whose directory was renamed under it still has the old name in its arguments, and the new one as its
     * working directory. A record that was copied with its directory leads to a server that works elsewhere: not ours.
     */
    private void stopUnderAnotherName(ServerRecord recorded) {
        Optional<ServerInfo> info =
                ServerInfo.ask(recorded.port()).filter(found -> found.dir().equals(home.dir()));
        Optional<ProcessHandle> process = info.flatMap(found -> ProcessHandle.of(found.pid()));
        if (process.isPresent()) {
            LOG.info("stopping a Redis (process {}) whose directory was renamed", recorded.pid());
            processes.stop(
                    process.get(),
                    () -> process.get().isAlive()
                            && process.get().info().arguments().isPresent(),
                    SURVIVOR_STOPS_WITHIN);
        }
    }

    private ServerRecord start(int port) throws IOException {
        Path server = binary.find(home.dir().resolve("bin"));
        for (int tries = 1; ; tries++) {
            int chosen = port == 0 ? anyFreePort() : port;
            requireFree(chosen);
            home.rollLog();
            home.writeConf(Conf.text(home.dir(), chosen, settings.maxmemory()));
            launch(server);
            Optional<ServerInfo> info = answer(chosen);
            if (info.isPresent()) {
                // one may have been born behind our back, of a gateway that was killed while it started it
                stopAllBut(info.get().pid());
                return record(chosen, info.get());
            }
            // somebody may have been faster on the port that was free a moment ago
            if (port != 0 || tries == FREE_PORT_TRIES_MAX) {
                throw new EmbeddedRedisException("the embedded Redis ended at its start: " + home.logTail());
            }
        }
    }

    private static int anyFreePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as Redis does: an old connection that lingers is no obstacle
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new EmbeddedRedisException(
                    "port " + port + " on 127.0.0.1 is taken by another program (" + e.getMessage()
                            + "): set redis.embedded.port to another one, or to 0 for any free one; or, if a Redis of"
                            + " yours listens there, set redis.uri to redis://127.0.0.1:" + port,
                    e);
        }
    }

    /** Starts the process; returns when it has put itself into a session of its own. */
    private void launch(Path server) throws IOException {
        List<String> command = new ArrayList<>(List.of(server.toString()));
        command.addAll(processes.arguments());
        Process process = new ProcessBuilder(command)
                .directory(home.dir().toFile())
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(DETACHES_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new EmbeddedRedisException(server + " does not start: it hangs");
            }
            if (process.exitValue() != 0) {
                String said = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8);
                throw new EmbeddedRedisException(
                        server + " does not start: " + said.strip().replace('\n', ' ') + " | " + home.logTail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedRedisException("interrupted while the embedded Redis started", e);
        } finally {
            process.getInputStream().close();
        }
    }

    /** What the server says of itself once its data is loaded; empty when it ended before. */
    private Optional<ServerInfo> answer(int port) {
        boolean decided = processes.until(
                ANSWERS_WITHIN,
                () -> ours(port).isPresent() || processes.servers().isEmpty());
        if (!decided) {
            processes.servers().forEach(ProcessHandle::destroyForcibly);
            return Optional.empty();
        }
        Optional<ServerInfo> info = ours(port);
        info.ifPresent(found -> waitWhileLoading(port, found.pid()));
        return info.filter(found -> processes.lives(found.pid()));
    }

    private Optional<ServerInfo> ours(int port) {
        return ServerInfo.ask(port).filter(info -> info.dir().equals(home.dir()) && processes.lives(info.pid()));
    }

    private void waitWhileLoading(int port, long pid) {
        BooleanSupplier loaded = () -> stopping.getAsBoolean()
                || !processes.lives(pid)
                || ServerInfo.ask(port).map(info -> !info.loading()).orElse(false);
        while (!processes.until(LOADING_NEWS_EVERY, loaded)) {
            LOG.info("the embedded Redis is still loading its data");
        }
    }

    private ServerRecord record(int port, ServerInfo info) throws IOException {
        String started = ProcessHandle.of(info.pid())
                .flatMap(process -> process.info().startInstant())
                .map(Object::toString)
                .orElse("");
        ServerRecord record = new ServerRecord(info.pid(), info.runId(), port, started);
        home.keepRecord(record);
        LOG.info("embedded Redis (process {}) on {}, data in {}", record.pid(), record.address(), home.dir());
        return record;
    }
}
