package io.headgate.embedded;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a Redis server on loopback says of itself. Asked over a plain socket with two commands, because the Redis client
 * belongs to the stream, and because this must work on a thread of its own before anything else runs.
 *
 * @param dir its working directory at this moment, which follows when the directory is renamed
 * @param loading whether it still reads its data and takes no writes
 */
record ServerInfo(long pid, String runId, Path dir, boolean loading) {
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final int REPLY_BYTES_MAX = 64 << 10;

    /** Asks whoever listens on the port; empty when nobody does, or it is no Redis that answers us within a second. */
    static Optional<ServerInfo> ask(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write("INFO\r\nCONFIG GET dir\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Map<String, String> info = fields(bulk(in));
            if (!line(in).equals("*2")) {
                return Optional.empty();
            }
            bulk(in);
            Path dir = Path.of(bulk(in));
            return Optional.of(new ServerInfo(
                    Long.parseLong(info.getOrDefault("process_id", "")),
                    info.getOrDefault("run_id", ""),
                    dir,
                    !"0".equals(info.get("loading"))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // refused, silent, a stranger: nobody whom we know
        }
    }

    private static Map<String, String> fields(String info) {
        Map<String, String> fields = new HashMap<>();
        for (String line : info.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return fields;
    }

    private static String bulk(InputStream in) throws IOException {
        String head = line(in);
        if (!head.startsWith("$")) {
            throw new IOException("no bulk string");
        }
        int length = Integer.parseInt(head.substring(1));
        if (length < 0 || length > REPLY_BYTES_MAX) {
            throw new IOException("a reply of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length || !line(in).isEmpty()) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() > REPLY_BYTES_MAX) {
                throw new EOFException();
            }
            line.append((char) next);
        }
        int last = line.length() - 1;
        return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
    }
}
