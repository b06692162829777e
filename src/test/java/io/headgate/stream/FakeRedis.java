package io.headgate.stream;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A stand-in for faults that a real Redis does not show at will: answers each call of the append script with whatever a
 * test wants, and everything before it as Redis 6.2 would. One thread for each connection.
 */
final class FakeRedis implements AutoCloseable {
    /** Answers one call of the append script in RESP; an empty answer says nothing, null closes the connection. */
    interface Answers {
        String answer(int connection, List<String> command) throws InterruptedException;
    }

    private final ServerSocket server;
    private final String version;
    private final Answers answers;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    FakeRedis(String version, Answers answers) {
        this.version = version;
        this.answers = answers;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread accepting = new Thread(this::accept, "fake-redis");
        accepting.setDaemon(true);
        accepting.start();
    }

    String uri() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    /** A bulk string in RESP. */
    static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                int connection = sockets.size();
                sockets.add(socket);
                Thread serving = new Thread(() -> serve(connection, socket), "fake-redis-" + connection);
                serving.setDaemon(true);
                serving.start();
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(int connection, Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            OutputStream out = socket.getOutputStream();
            while (true) {
                String answer = answer(connection, command(in));
                if (answer == null) {
                    return;
                }
                out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        } catch (IOException closed) {
            // by the client, or the test is over
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String answer(int connection, List<String> command) throws InterruptedException {
        String name = command.get(0).toUpperCase(Locale.ROOT);
        boolean append = name.equals("EVALSHA") || command.contains(AppendScript.SCRIPT.text());
        if (append && !name.equals("SCRIPT")) {
            return answers.answer(connection, command);
        }
        return switch (name) {
            case "HELLO" -> "-ERR unknown command `HELLO`\r\n";
            case "PING" -> "+PONG\r\n";
            case "INFO" ->
                bulk("redis_version:" + version + "\r\nredis_mode:standalone\r\nrole:master\r\n"
                        + "maxmemory_policy:noeviction\r\naof_enabled:1\r\n");
            case "EVAL" -> command.get(3).endsWith(":meta") ? values(command) : bulk("");
            default -> "+OK\r\n";
        };
    }

    /** Agrees with whatever layout it is asked about. */
    private static String values(List<String> command) {
        StringBuilder values = new StringBuilder("*" + (command.size() - 4) / 2 + "\r\n");
        for (int i = 5; i < command.size(); i += 2) {
            values.append(bulk(command.get(i)));
        }
        return values.toString();
    }

    private static List<String> command(DataInputStream in) throws IOException {
        int count = Integer.parseInt(line(in).substring(1));
        List<String> command = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = Integer.parseInt(line(in).substring(1));
            command.add(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
            in.readNBytes(2);
        }
        return command;
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
}
