package io.headgate;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server for tests: a process of its own on a free port of loopback, in a directory of its own, that can be
 * killed, stopped, continued and started again on the same port and directory. Not for use by several threads at once.
 */
public final class RealRedis implements AutoCloseable {
    private static final int TRIES = 200;
    private static final int PAUSE_MILLIS = 25;
    private static final int PORT_MAX = 55_000;
    private static final int READ_TIMEOUT_MILLIS = 60_000;

    private final Path dir;
    private final int port;
    private final List<String> options;
    private Process process;

    private RealRedis(Path dir, int port, List<String> options) {
        this.dir = dir;
        this.port = port;
        this.options = options;
    }

    /** Starts a server with these options, such as {@code "--appendonly", "yes"}, and waits until it answers. */
    public static RealRedis start(String... options) {
        try {
            RealRedis redis = new RealRedis(Files.createTempDirectory("redis"), freePort(), List.of(options));
            redis.restart();
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a Sentinel with this configuration file, which it will write to, and waits until it answers. */
    public static RealRedis sentinel(Path configuration) {
        try {
            RealRedis sentinel = new RealRedis(
                    Files.createTempDirectory("sentinel"), freePort(), List.of(configuration.toString(), "--sentinel"));
            sentinel.restart();
            return sentinel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** The directory that it keeps its data in. */
    public Path dir() {
        return dir;
    }

    public long pid() {
        return process.pid();
    }

    /** Starts it again, after {@link #kill}, on the same port and data, and waits until it answers. */
    public void restart() {
        launch();
        for (int i = 0; i < TRIES; i++) {
            try {
                if ("PONG".equals(command("PING"))) {
                    return;
                }
            } catch (IllegalStateException notYet) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("Redis ended at once: " + options, notYet);
                }
            }
            pause(PAUSE_MILLIS);
        }
        throw new IllegalStateException("Redis does not answer: " + options);
    }

    /** Starts it again without waiting for an answer. */
    public void launch() {
        try {
            List<String> command = new ArrayList<>(List.of(executable()));
            boolean file = !options.isEmpty() && !options.get(0).startsWith("--");
            if (file) {
                // a configuration file comes first of all
                command.add(options.get(0));
            } else {
                command.addAll(List.of("--save", ""));
            }
            command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
            command.addAll(List.of(
                    "--dir", dir.toString(), "--logfile", dir.resolve("log").toString()));
            command.addAll(file ? options.subList(1, options.size()) : options);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it at once, as by {@code kill -9}, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Stops it, as by {@code kill -STOP}: it accepts connections and answers nothing. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen server go on. */
    public void thaw() {
        signal("CONT");
    }

    /**
     * Sends one command on a connection of its own and answers what Redis did: a String, a Long, a List of these, or
     * null. An error answer, or no answer, is an {@link IllegalStateException}.
     */
    public Object command(String... arguments) {
        return ask(port, arguments);
    }

    /** The same of whatever server listens on this port of loopback. */
    public static Object ask(int port, String... arguments) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(encode(arguments));
            out.flush();
            return answer(new DataInputStream(new BufferedInputStream(socket.getInputStream())));
        } catch (IOException e) {
            throw new IllegalStateException("no answer from Redis", e);
        }
    }

    /** The same for a command that answers a list. */
    public List<?> list(String... arguments) {
        return (List<?>) command(arguments);
    }

    /** The same for a command that answers a number. */
    public long number(String... arguments) {
        return (Long) command(arguments);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        try (Stream<Path> files = Files.walk(dir)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String executable() {
        return Binary.PATH;
    }

    /** Unpacked once for all tests of a process. */
    private static final class Binary {
        static final String PATH = unpack();

        private static String unpack() {
            try {
                return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Low enough that 10,000 more is a port too, which a cluster needs. */
    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0)) {
                if (socket.getLocalPort() < PORT_MAX) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encode(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("*" + arguments.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String argument : arguments) {
            // one character is one byte, so that binary data passes both ways
            byte[] bytes = argument.getBytes(StandardCharsets.ISO_8859_1);
            out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(bytes);
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        return out.toByteArray();
    }

    private static Object answer(DataInputStream in) throws IOException {
        String line = line(in);
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case ':' -> Long.valueOf(rest);
            case '$' -> bulk(in, Integer.parseInt(rest));
            case '*' -> array(in, Integer.parseInt(rest));
            default -> throw new IllegalStateException(rest);
        };
    }

    private static String bulk(DataInputStream in, int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        in.readNBytes(2);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static List<Object> array(DataInputStream in, int length) throws IOException {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            values.add(answer(in));
        }
        return values;
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed");
            }
            line.append((char) c);
        }
        in.readByte();
        return line.toString();
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
