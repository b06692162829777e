package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.outbound.WebhookKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signature, held against the vector that the libraries of Standard Webhooks test themselves by. */
class WebhookSignatureTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    @Test
    void itIsWhatTheStandardsLibrariesMakeOfTheSame() {
        String signature = WebhookKey.of(SECRET)
                .sign(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1_614_265_330L,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aMessageIsSignedAsItIsSentAndByEverySecret() {
        Message message = format(SECRET, OTHER).message(Notices.silent("n-1", "shop"), Notices.AT + 999);

        long seconds = Notices.AT / 1_000;
        assertThat(message.headers())
                .containsOnlyKeys("webhook-id", "webhook-timestamp", "webhook-signature")
                .containsEntry("webhook-id", "n-1")
                .containsEntry("webhook-timestamp", Long.toString(seconds))
                .containsEntry(
                        "webhook-signature",
                        WebhookKey.of(SECRET)
                                        .sign("n-1", seconds, message.body().getBytes()) + " "
                                + WebhookKey.of(OTHER)
                                        .sign("n-1", seconds, message.body().getBytes()));
    }

    @Test
    void anotherAttemptHasTheSameIdAndBodyAndATimeOfItsOwn() {
        Message first = format(SECRET).message(Notices.silent("n-1", "shop"), Notices.AT);
        Message second = format(SECRET).message(Notices.silent("n-1", "shop"), Notices.AT + 60_000);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().get("webhook-id")).isEqualTo(first.headers().get("webhook-id"));
        assertThat(second.headers().get("webhook-timestamp"))
                .isNotEqualTo(first.headers().get("webhook-timestamp"));
        assertThat(second.headers().get("webhook-signature"))
                .isNotEqualTo(first.headers().get("webhook-signature"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_not base64 at all"})
    void whatIsNoSecretIsRefusedWithoutShowingIt(String secret) {
        assertThatThrownBy(() -> format(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whsec_")
                .hasMessageNotContaining("base64 at all")
                .hasNoCause();
    }

    private static Format format(String... secrets) {
        return Couriers.format(new ReceiverSettings.Webhook(
                "hook", URI.create("https://outside.example/"), List.of(secrets), Notices.ALL));
    }
}
