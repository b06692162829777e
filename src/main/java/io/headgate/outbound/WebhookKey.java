package io.headgate.outbound;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A symmetric key of Standard Webhooks. Immutable; shows itself to nobody. */
public final class WebhookKey {
    /** What a secret is, in words. */
    public static final String SECRET = "whsec_ and the base64 of 24 to 64 bytes, as Standard Webhooks has it";

    public static final String PREFIX = "whsec_";
    public static final int BYTES_MIN = 24;
    public static final int BYTES_MAX = 64;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private WebhookKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * The key that a secret stands for.
     *
     * @throws IllegalArgumentException when it is not {@value #PREFIX} and the base64 of {@value #BYTES_MIN} to {@value
     *     #BYTES_MAX} bytes, as Standard Webhooks has it; the message does not hold it
     */
    public static WebhookKey of(String secret) {
        byte[] key = secret.startsWith(PREFIX) ? decode(secret.substring(PREFIX.length())) : new byte[0];
        if (key.length < BYTES_MIN || key.length > BYTES_MAX) {
            throw new IllegalArgumentException("a webhook's secret must be " + SECRET);
        }
        return new WebhookKey(key);
    }

    /** Nothing where it is no base64. */
    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) { // whose message tells of the secret's characters
            return new byte[0];
        }
    }

    /** {@code v1,BASE64(HMAC-SHA256(key, id.seconds.body))}. */
    public String sign(String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
