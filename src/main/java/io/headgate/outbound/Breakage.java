package io.headgate.outbound;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Why an exchange broke off, in words of ours: what a library says may hold the address. */
public final class Breakage {
    private Breakage() {}

    static String words(Throwable why) {
        if (why instanceof DecoderException || why instanceof IllegalArgumentException) {
            return "the answer is not HTTP";
        }
        return words(why, "the connection broke off before the answer");
    }

    /** The same of any protocol. {@code otherwise}: what is said of what has no words here. */
    public static String words(Throwable why, String otherwise) {
        if (why instanceof SSLException) {
            return "TLS failed: " + ofTls(why);
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
        return otherwise;
    }

    /** The innermost says which certificate, and what is wrong with it. */
    private static String ofTls(Throwable why) {
        Throwable cause = why.getCause();
        if (cause != null) {
            return ofTls(cause);
        }
        if (why instanceof NotSslRecordException) { // whose message repeats what came
            return "the other side does not speak it";
        }
        String message = why.getMessage();
        return message == null ? "the connection broke off" : message;
    }
}
