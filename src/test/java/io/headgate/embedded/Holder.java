package io.headgate.embedded;

import io.headgate.time.SystemClock;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A gateway reduced to its embedded Redis, in a process of its own, so that a test can kill it for real. */
final class Holder {
    private Holder() {}

    /** Arguments: directory, port, maxmemory. Prints the address and holds until its input ends. */
    public static void main(String[] arguments) throws Exception {
        EmbeddedSettings settings = new EmbeddedSettings(
                Path.of(arguments[0]), Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
        EmbeddedRedis redis = new EmbeddedRedis(Vertx.vertx(), settings, new SystemClock());
        System.out.println(
                redis.start().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS));
        while (System.in.read() >= 0) {}
    }

    /** Starts such a process; its output is not read. */
    static Process launch(Path dir) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        Holder.class.getName(),
                        dir.toString(),
                        "0",
                        "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The address that the process prints when its server is ready. */
    static String address(Process holder) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("redis://")) {
            line = out.readLine();
        }
        return String.valueOf(line);
    }

    /** kill -9, and waits until its locks are free. */
    static void kill(Process holder) throws InterruptedException {
        holder.destroyForcibly().waitFor();
    }
}
