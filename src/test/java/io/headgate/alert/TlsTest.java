package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.outbound.PostResult;
import io.headgate.outbound.Secrets;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With TLS the other side must prove to be whom the address names. */
class TlsTest {
    private static final String PASSWORD = "changeit";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    @TempDir
    private static Path dir;

    private static Path certificate;

    private final Loop loop = new Loop();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private Post post;

    @BeforeAll
    static void certify() throws Exception {
        certificate = certificateOfLocalhost();
    }

    @BeforeEach
    void listen() throws Exception {
        server = Loop.await(loop.vertx
                .createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(certificate.toString()).setPassword(PASSWORD)))
                .requestHandler(request -> {
                    asked.incrementAndGet();
                    request.response().end();
                })
                .listen(0, "localhost"));
    }

    @AfterEach
    void close() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE + "Password");
        loop.close();
    }

    @Test
    void aCertificateOfATrustedIssuerForThisNameIsTaken() {
        trust();

        assertThat(post("https://localhost:" + server.actualPort())).isEqualTo(new PostResult.Answered(200, null, ""));
    }

    @Test
    void aCertificateForAnotherNameIsNot() {
        trust();

        assertThat(post("https://127.0.0.1:" + server.actualPort()))
                .isEqualTo(new PostResult.Failed(
                        "TLS failed: No subject alternative names matching IP address 127.0.0.1 found"));
        assertThat(asked).hasValue(0);
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNot() {
        assertThat(post("https://localhost:" + server.actualPort()))
                .isEqualTo(new PostResult.Failed(
                        "TLS failed: unable to find valid certification path to requested target"));
        assertThat(asked).hasValue(0);
    }

    @Test
    void aServerWithoutTlsIsNoneAndItsWordsAreNotShown() {
        NetServer plain = Loop.await(loop.vertx
                .createNetServer()
                .connectHandler(socket -> socket.handler(hello -> socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")))
                .listen(0, "127.0.0.1"));

        assertThat(post("https://127.0.0.1:" + plain.actualPort()))
                .isEqualTo(new PostResult.Failed("TLS failed: the other side does not speak it"));
    }

    @Test
    void aServerThatHangsUpOnTheHandshakeIsNone() {
        NetServer plain = Loop.await(loop.vertx
                .createNetServer()
                .connectHandler(socket -> socket.handler(hello -> socket.close()))
                .listen(0, "127.0.0.1"));

        assertThat(post("https://127.0.0.1:" + plain.actualPort()))
                .isEqualTo(new PostResult.Failed("TLS failed: the connection broke off"));
    }

    private static void trust() {
        System.setProperty(TRUST_STORE, certificate.toString());
        System.setProperty(TRUST_STORE + "Password", PASSWORD);
    }

    private static Path certificateOfLocalhost() throws IOException, InterruptedException {
        Path store = dir.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "gate",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return store;
    }

    private PostResult post(String url) {
        URI target = URI.create(url + "/");
        // kept until the end: Vert.x closes a client that nobody holds
        post = new Post(loop.vertx, target, new Secrets(target, List.of()), Post.DEADLINE, loop.clock, loop);
        return Loop.await(loop.on(() -> post.post(new Message(Buffer.buffer("{}")))));
    }
}
