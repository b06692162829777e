package io.headgate.alert;

import io.headgate.outbound.WebhookKey;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A webhook signed as Standard Webhooks 1.0.0 says: same id and body for each attempt, a time and signature of its own. */
final class WebhookFormat implements Format {
    private final ReceiverSettings.Webhook settings;
    private final List<WebhookKey> keys;

    /** @throws IllegalArgumentException when a secret is none */
    WebhookFormat(ReceiverSettings.Webhook settings) {
        this.settings = settings;
        this.keys = settings.secrets().stream().map(WebhookKey::of).toList();
    }

    @Override
    public URI target() {
        return settings.url();
    }

    @Override
    public List<String> secrets() {
        return settings.secrets().stream()
                .flatMap(secret -> List.of(secret, secret.substring(WebhookKey.PREFIX.length())).stream())
                .toList();
    }

    @Override
    public Message message(Notice notice, long nowMillis) {
        Buffer body = NoticeJson.body(notice).toBuffer();
        long seconds = nowMillis / 1_000;
        String signatures = keys.stream()
                .map(key -> key.sign(notice.id(), seconds, body.getBytes()))
                .collect(Collectors.joining(" "));
        return new Message(
                body,
                Map.of(
                        "webhook-id", notice.id(),
                        "webhook-timestamp", Long.toString(seconds),
                        "webhook-signature", signatures));
    }
}
