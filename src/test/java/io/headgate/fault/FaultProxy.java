package io.headgate.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A proxy on a port of loopback that passes bytes to a server and back, until a test tells it to do worse. What it is
 * told holds for all connections, those that are there and those to come, until it is told otherwise:
 *
 * <pre>
 *   pass       every byte, at once; bytes that a stall kept go out now
 *   delay      each piece that is read waits before it is written, and the next behind it
 *   stall      connections are accepted, bytes are taken in and kept
 *   swallow    bytes are taken in and forgotten: a black hole
 *   slice      each byte is written by itself
 *   cut        the connection that carries the n-th byte from now on is closed behind it; then all pass again
 *   reset      every connection ends by RST, and what was kept is lost; new ones pass
 *   refuse     nobody listens; connections that are there go on
 * </pre>
 *
 * <p>Two threads for each connection. Safe for use by any thread.
 */
public final class FaultProxy implements AutoCloseable {
    /** The direction of bytes. */
    public enum Way {
        TO_SERVER,
        TO_CLIENT
    }

    private static final int BACKLOG_MAX = 128;

    private final int serverPort;
    private final int port;
    private final Valve toServer = new Valve();
    private final Valve toClient = new Valve();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket listening;
    private Thread accepting;

    private FaultProxy(int serverPort) {
        this.serverPort = serverPort;
        this.listening = listen(0);
        this.port = listening.getLocalPort();
        this.accepting = accept(listening);
    }

    /** A proxy to this port of loopback that passes everything. */
    public static FaultProxy to(int serverPort) {
        return new FaultProxy(serverPort);
    }

    public int port() {
        return port;
    }

    /** What a gateway is given as {@code redis.uri}. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Bytes written in this direction since the proxy was made, over all connections. */
    public long carried(Way way) {
        return valve(way).carried();
    }

    /** Ends every fault: whoever was refused can connect again, what was kept is sent. */
    public void pass() {
        synchronized (this) {
            if (listening.isClosed()) {
                listening = listen(port);
                accepting = accept(listening);
            }
        }
        toServer.set(Rule.PASS);
        toClient.set(Rule.PASS);
    }

    public void delay(Way way, Duration delay) {
        valve(way).set(Rule.delay(delay));
    }

    public void stall(Way way) {
        valve(way).set(Rule.STALL);
    }

    public void stall() {
        stall(Way.TO_SERVER);
        stall(Way.TO_CLIENT);
    }

    public void swallow(Way way) {
        valve(way).set(Rule.SWALLOW);
    }

    public void slice(Way way) {
        valve(way).set(Rule.SLICE);
    }

    /** Cuts once, behind so many bytes, counted from now over all connections; 0 cuts in front of the next byte. */
    public void cutAfter(Way way, long bytes) {
        valve(way).set(Rule.cut(bytes));
    }

    public void reset() {
        // all of them first: the end of one side makes a pump close the other
        sockets.forEach(FaultProxy::breakOnClose);
        sockets.forEach(FaultProxy::close);
        toServer.set(Rule.PASS);
        toClient.set(Rule.PASS);
    }

    public synchronized void refuse() {
        close(listening);
        try {
            accepting.join(); // while an accept is under way the system still takes connections
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        refuse();
        sockets.forEach(FaultProxy::close);
        toServer.set(Rule.PASS);
        toClient.set(Rule.PASS);
    }

    private Valve valve(Way way) {
        return way == Way.TO_SERVER ? toServer : toClient;
    }

    private Thread accept(ServerSocket server) {
        return start("fault-proxy", () -> {
            while (true) {
                connect(server.accept());
            }
        });
    }

    /** The server gone is told to the client as a connection that closes at once. */
    private void connect(Socket client) {
        sockets.add(client);
        Socket server = new Socket();
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        } catch (IOException gone) {
            end(client, server);
            return;
        }
        sockets.add(server);
        start("to-server", () -> pump(client, server, toServer));
        start("to-client", () -> pump(server, client, toClient));
    }

    private void pump(Socket from, Socket to, Valve valve) throws IOException {
        try {
            byte[] bytes = new byte[8192];
            int read = from.getInputStream().read(bytes);
            while (read >= 0 && valve.carry(bytes, read, from, to.getOutputStream())) {
                read = from.getInputStream().read(bytes);
            }
        } finally {
            end(from, to);
        }
    }

    private void end(Socket one, Socket other) {
        close(one);
        close(other);
        sockets.remove(one);
        sockets.remove(other);
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG_MAX);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void breakOnClose(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // by its own pump, meanwhile
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs until a socket is closed, which is how each of these threads ends. */
    private static Thread start(String name, Pumping pumping) {
        Thread thread = new Thread(
                () -> {
                    try {
                        pumping.run();
                    } catch (IOException closed) {
                        // by either side, or by a test
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private interface Pumping {
        void run() throws IOException;
    }
}
