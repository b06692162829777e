package io.headgate.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** Words for what breaks; none of them the other side's. */
class BreakageTest {
    private static final String SECRET = "/services/T0SECRET1";

    @Test
    void theInnermostCauseOfATlsFailureSaysWhatIsWrongWithTheCertificate() {
        assertThat(Breakage.words(tls(new CertificateException("No name matching hooks.example found"))))
                .isEqualTo("TLS failed: No name matching hooks.example found");
        assertThat(Breakage.words(tls(new IOException()))).isEqualTo("TLS failed: the connection broke off");
        assertThat(Breakage.words(tls(new NotSslRecordException("not an SSL/TLS record: 4854" + SECRET))))
                .isEqualTo("TLS failed: the other side does not speak it");
    }

    @Test
    void noOtherWordsAreALibrarys() {
        assertThat(Breakage.words(new UnknownHostException(SECRET))).isEqualTo("the host's name cannot be resolved");
        assertThat(Breakage.words(new ConnectTimeoutException(SECRET))).isEqualTo("no connection in time");
        assertThat(Breakage.words(new IllegalStateException(SECRET)))
                .isEqualTo("the connection broke off before the answer");
    }

    private static SSLHandshakeException tls(Exception cause) {
        SSLHandshakeException top = new SSLHandshakeException("Failed to create SSL connection");
        top.initCause(cause);
        return top;
    }
}
