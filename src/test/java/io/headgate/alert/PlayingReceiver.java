package io.headgate.alert;

import io.headgate.Eventually;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A receiver on loopback that answers each request by the next of the plays that it was given, and by the last one for
 * ever. By bare sockets, for it plays what no HTTP server would do.
 */
public final class PlayingReceiver implements AutoCloseable {
    private static final String NL = "\r\n";

    private final ServerSocket server;
    private final Deque<Play> plays = new ArrayDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger hungUp = new AtomicInteger();

    private PlayingReceiver() {
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** What is done with a connection once its request was read. */
    public interface Play {
        void on(Socket socket) throws IOException;
    }

    /** As it came; names of headers in lower case. */
    public record Request(String method, String path, Map<String, String> headers, String body) {}

    public static PlayingReceiver playing(Play... plays) {
        PlayingReceiver receiver = new PlayingReceiver();
        receiver.play(plays);
        return receiver;
    }

    /** From now on these. */
    public void play(Play... next) {
        synchronized (plays) {
            plays.clear();
            plays.addAll(List.of(next));
        }
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    public List<Request> requests() {
        return requests;
    }

    /** Waits until that many requests have come, and answers the last of them. */
    public Request request(int number) {
        Eventually.isTrue(() -> requests.size() >= number);
        return requests.get(number - 1);
    }

    /** Connections that the other side ended while a play went on. */
    public int hungUp() {
        return hungUp.get();
    }

    public static Play answer(int status, String... headers) {
        return answerWith(status, "", headers);
    }

    public static Play answerWith(int status, String body, String... headers) {
        return socket -> {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            write(socket, head(status, headers) + "Content-Length: " + content.length + NL + NL);
            socket.getOutputStream().write(content);
            socket.close();
        };
    }

    /** Never says anything. */
    public static Play hang() {
        return socket -> {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            throw new IOException("the other side hung up");
        };
    }

    /** Says this and then nothing more. */
    public static Play stopAfter(String words) {
        return socket -> {
            write(socket, words);
            hang().on(socket);
        };
    }

    /** Ends the connection without a word. */
    public static Play hangUp() {
        return Socket::close;
    }

    /** Ends it by RST. */
    public static Play reset() {
        return socket -> {
            socket.setSoLinger(true, 0);
            socket.close();
        };
    }

    /** A good head, and a body that goes on as fast as it is read. */
    public static Play endlessBody(int status) {
        return socket -> {
            write(socket, head(status) + "Transfer-Encoding: chunked" + NL + NL);
            forEver(socket, "400" + NL + "again and again ".repeat(64) + NL);
        };
    }

    /** One header after the other. */
    public static Play endlessHead() {
        return socket -> {
            write(socket, head(200));
            forEver(socket, "X-More: " + "x".repeat(100) + NL);
        };
    }

    /** One header of a megabyte. */
    public static Play hugeHeader() {
        return socket -> {
            write(socket, head(200) + "X-Huge: " + "x".repeat(1 << 20) + NL + "Content-Length: 0" + NL + NL);
            hang().on(socket);
        };
    }

    /** Says these bytes and ends the connection. */
    public static Play garbage(String words) {
        return socket -> {
            write(socket, words);
            socket.close();
        };
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
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Request request = read(new BufferedInputStream(socket.getInputStream()));
            Play play;
            synchronized (plays) {
                play = plays.size() > 1 ? plays.remove() : plays.element();
                requests.add(request);
            }
            play.on(socket);
        } catch (IOException e) {
            hungUp.incrementAndGet();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", -1);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(first[0], first[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the request broke off");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    private static String head(int status, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Played" + NL);
        for (String header : headers) {
            head.append(header).append(NL);
        }
        return head.toString();
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void forEver(Socket socket, String text) throws IOException {
        while (true) {
            write(socket, text);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "playing-receiver");
        thread.setDaemon(true);
        thread.start();
    }
}
