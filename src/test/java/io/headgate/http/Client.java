package io.headgate.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection of a client that sends exactly what it is told, byte for byte, and reads answers one by one. */
final class Client implements AutoCloseable {
    /** Longer than any test waits; a hang becomes a failure and not a stuck build. */
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    Client(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer; {@code phrase} stands behind the status, and names of headers are in lower case. */
    @SuppressWarnings("ArrayRecordComponent")
    record Reply(int status, String phrase, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.get(name);
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The head of a request, from its lines. */
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** The head of a POST /v1/events of JSON with key demo, with one more line. */
    static String postHead(String line) {
        return head(
                "POST /v1/events HTTP/1.1", "Host: gate", "X-Write-Key: demo", "Content-Type: application/json", line);
    }

    /** A whole POST /v1/events with key demo; {@code headers} are lines that end in CR LF. */
    static byte[] post(String headers, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("POST /v1/events HTTP/1.1\r\nHost: gate\r\nX-Write-Key: demo\r\n" + headers
                + "Content-Length: " + body.length + "\r\n\r\n"));
        out.writeBytes(body);
        return out.toByteArray();
    }

    static byte[] postJson(String body) {
        return post("Content-Type: application/json\r\n", body.getBytes(StandardCharsets.UTF_8));
    }

    Client send(String text) {
        return send(ascii(text));
    }

    Client send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the bytes until the other side will not have them; for bodies that are refused half-way. */
    Client push(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            return this;
        }
    }

    Reply ask(byte[] request) {
        return send(request).reply();
    }

    Reply ask(String request) {
        return ask(ascii(request));
    }

    Reply get(String path) {
        return ask("GET " + path + " HTTP/1.1\r\nHost: gate\r\n\r\n");
    }

    /** The next answer, with its body. */
    Reply reply() {
        return reply(true);
    }

    /** The next answer's head; for answers that have a length and no body. */
    Reply replyToHead() {
        return reply(false);
    }

    private Reply reply(boolean withBody) {
        try {
            String line = line();
            int status = Integer.parseInt(line.substring(9, 12));
            Map<String, String> headers = new TreeMap<>();
            for (String header = line(); !header.isEmpty(); header = line()) {
                int colon = header.indexOf(':');
                String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
                headers.merge(name, header.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
            }
            int length = withBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                throw new EOFException("body cut short");
            }
            return new Reply(status, line.substring(12).strip(), headers, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the other side ends the connection, without another byte before that. */
    boolean ended() {
        try {
            return in.read() == -1;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended after: " + line);
            }
            if (next == '\n') {
                return line.toString().stripTrailing();
            }
            line.append((char) next);
        }
    }

    /** Tears the connection down, with a reset if there is anything unread. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
