package io.headgate;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged jar as a process of its own, on ports that the system chose; for tests that kill it. */
public final class GatewayProcess implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("headgate ready http=http://127.0.0.1:(\\d+) management=http://127.0.0.1:(\\d+)");

    private final Process process;
    private final Posts posts;
    private final Posts management;

    private GatewayProcess(Process process, int port, int managePort) {
        this.process = process;
        this.posts = new Posts(port);
        this.management = new Posts(managePort);
    }

    /** Starts one with its data below the directory and waits until it says that it is ready. */
    public static GatewayProcess start(Path dir, String... settings) throws IOException {
        List<String> flags = new ArrayList<>(List.of(
                "data-dir=" + dir.resolve("data"), "http.port=0", "management.port=0", "redis.embedded.port=0"));
        flags.addAll(List.of(settings));
        Path log = Files.createTempFile(dir, "gateway", ".log");
        Process process = launch(log, List.of(), flags);
        Matcher ready = Eventually.notNull(() -> ready(log, process));
        return new GatewayProcess(process, Integer.parseInt(ready.group(1)), Integer.parseInt(ready.group(2)));
    }

    /**
     * The bare process, not waited for; its settings are all that is given, its output is appended to the log.
     *
     * @param options of {@code serve}, such as {@code --only process}
     */
    public static Process launch(Path log, List<String> javaFlags, List<String> settings, String... options)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(javaFlags);
        command.addAll(List.of("-jar", System.getProperty("headgate.jar", "target/headgate.jar"), "serve"));
        command.addAll(List.of(options));
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    public Posts posts() {
        return posts;
    }

    /** Events that were received and not yet answered. */
    public long inProgress() {
        return new JsonObject(management.ask("GET", "/status").body())
                .getJsonObject("books")
                .getLong("in_progress");
    }

    /** As by kill -9. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** A client of the management port. */
    public Posts management() {
        return management;
    }

    /** As by SIGTERM, without waiting for the end. */
    public void askToStop() {
        process.destroy();
    }

    /** As by SIGTERM; the exit code. */
    public int terminate() {
        process.destroy();
        return process.onExit().join().exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private static Matcher ready(Path log, Process process) {
        try {
            String text = Files.readString(log);
            Matcher matcher = READY.matcher(text);
            if (!matcher.find()) {
                if (!process.isAlive()) {
                    throw new AssertionError("the gateway ended at once:\n" + text);
                }
                return null;
            }
            return matcher;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
