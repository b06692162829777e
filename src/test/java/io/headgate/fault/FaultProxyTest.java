package io.headgate.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.fault.FaultProxy.Way;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault of the proxy, seen by a client of a server that answers what it is sent. */
class FaultProxyTest {
    private static final int SOON_MILLIS = 300;

    private ServerSocket echo;
    private FaultProxy proxy;
    private final List<Socket> clients = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(this::serve, "echo");
        serving.setDaemon(true);
        serving.start();
        proxy = FaultProxy.to(echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        proxy.close();
        echo.close();
    }

    @Test
    void bytesPassBothWaysAndAreCounted() throws IOException {
        assertThat(say(client(), "hello")).isEqualTo("hello");
        assertThat(proxy.carried(Way.TO_SERVER)).isEqualTo(5);
        assertThat(proxy.carried(Way.TO_CLIENT)).isEqualTo(5);
    }

    @Test
    void aDelayHoldsEachPieceBack() throws IOException {
        Socket client = client();
        proxy.delay(Way.TO_CLIENT, Duration.ofMillis(SOON_MILLIS * 2));

        assertThatThrownBy(() -> say(client, "hello")).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(20_000);
        assertThat(read(client, 5)).isEqualTo("hello");
    }

    @Test
    void aStallAcceptsConnectionsAndKeepsTheBytesUntilItIsOver() throws IOException {
        Socket before = client();
        proxy.stall();
        Socket meanwhile = client();

        assertThatThrownBy(() -> say(before, "one")).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> say(meanwhile, "two")).isInstanceOf(SocketTimeoutException.class);
        proxy.pass();

        assertThat(read(before, 3)).isEqualTo("one");
        assertThat(read(meanwhile, 3)).isEqualTo("two");
    }

    @Test
    void aBlackHoleForgetsTheBytes() throws IOException {
        Socket client = client();
        proxy.swallow(Way.TO_SERVER);
        assertThatThrownBy(() -> say(client, "lost")).isInstanceOf(SocketTimeoutException.class);

        proxy.pass();

        assertThat(say(client, "next")).isEqualTo("next");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5})
    void aCutClosesTheConnectionBehindTheByteAndTheNextConnectionPasses(int bytes) throws IOException {
        Socket client = client();
        proxy.cutAfter(Way.TO_CLIENT, bytes);
        client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));

        assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("hello".substring(0, bytes));
        assertThat(say(client(), "hello")).isEqualTo("hello");
    }

    @Test
    void aCutCountsOverSeveralPieces() throws IOException {
        Socket client = client();
        proxy.cutAfter(Way.TO_CLIENT, 7);

        assertThat(say(client, "hello")).isEqualTo("hello");
        client.getOutputStream().write("again".getBytes(StandardCharsets.US_ASCII));

        assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("ag");
    }

    @Test
    void slicedBytesArriveAllTheSame() throws IOException {
        proxy.slice(Way.TO_SERVER);
        proxy.slice(Way.TO_CLIENT);

        assertThat(say(client(), "hello")).isEqualTo("hello");
    }

    @Test
    void aResetBreaksEveryConnectionAndTheNextOnePasses() throws IOException {
        Socket client = client();
        assertThat(say(client, "hello")).isEqualTo("hello");

        proxy.reset();

        assertThatThrownBy(() -> read(client, 1))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        assertThat(say(client(), "hello")).isEqualTo("hello");
    }

    @Test
    void aResetIsMetByBytesThatAStallKept() throws IOException {
        Socket client = client();
        assertThat(say(client, "hello")).isEqualTo("hello");
        proxy.stall(Way.TO_SERVER);
        client.getOutputStream().write("lost".getBytes(StandardCharsets.US_ASCII));

        proxy.reset();

        assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
        assertThat(say(client(), "next")).isEqualTo("next");
    }

    @Test
    void whileItRefusesNobodyConnectsAndWhoIsConnectedGoesOn() throws IOException {
        Socket connected = client();
        assertThat(say(connected, "hello")).isEqualTo("hello");

        proxy.refuse();

        assertThatThrownBy(this::client).isInstanceOf(ConnectException.class);
        assertThat(say(connected, "still")).isEqualTo("still");
        proxy.pass();
        assertThat(say(client(), "again")).isEqualTo("again");
    }

    @Test
    void aServerThatIsGoneIsAConnectionThatCloses() throws IOException {
        int nobody;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = gone.getLocalPort();
        }

        try (FaultProxy toNobody = FaultProxy.to(nobody);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), toNobody.port())) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    private Socket client() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(SOON_MILLIS);
        clients.add(client);
        return client;
    }

    private static String say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return read(client, text.length());
    }

    private static String read(Socket client, int bytes) throws IOException {
        return new String(client.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = echo.accept();
                Thread serving = new Thread(() -> answer(socket), "echo");
                serving.setDaemon(true);
                serving.start();
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException closed) {
            // by the proxy
        }
    }
}
