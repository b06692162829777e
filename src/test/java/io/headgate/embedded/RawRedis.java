package io.headgate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One command on one connection, spoken by hand. */
final class RawRedis {
    private RawRedis() {}

    /** The reply's first line; of a bulk string, its content. */
    static String say(String address, String command) {
        List<String> lines = sayAll(address, command);
        return lines.get(0).startsWith("$") && lines.size() > 1 ? lines.get(1) : lines.get(0);
    }

    /** The lines of the reply as they stand on the wire. */
    static List<String> sayAll(String address, String command) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(address).getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return List.of(reply.split("\r\n", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
