package io.headgate.alert;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Why an exchange broke off, in words of ours: what a library says may hold the address. */
final class Breakage {
    private Breakage() {}

    static String words(Throwable why) {
        if (why instanceof SSLException) {
            return "TLS failed: " + why.getMessage();
        }
        if (why instanceof UnknownHostException) {
            return "the host's name cannot be resolved";
        }
        if (why instanceof ConnectTimeoutException) {
            return "no connection in time";
        }
        if (why instanceof ConnectException) {
            return "no connection";
        }
        if (why instanceof DecoderException || why instanceof IllegalArgumentException) {
            return "the answer is not HTTP";
        }
        return "the connection broke off before the answer";
    }
}
