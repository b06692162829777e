package io.headgate.alert;

import io.headgate.outbound.WebhookKey;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** Where alerts go ({@code alerts.receivers}). No {@code toString} shows a secret, nor an address, which may hold one. */
public sealed interface ReceiverSettings {
    /** Its name in metrics, logs and on the status page. */
    String name();

    /** Where messages are posted to. */
    URI url();

    /** Which alerts it gets. */
    Set<Priority> priorities();

    /** What kind it is, as in the configuration. */
    String type();

    /** PagerDuty, Events API v2. */
    record PagerDuty(String name, URI url, String routingKey, Set<Priority> priorities) implements ReceiverSettings {
        /** Of PagerDuty's service region US; accounts of the EU region have another. */
        public static final URI URL = URI.create("https://events.pagerduty.com/v2/enqueue");

        public PagerDuty {
            priorities = Set.copyOf(priorities);
        }

        @Override
        public String type() {
            return "pagerduty";
        }

        @Override
        public String toString() {
            return type() + "[" + name + "]";
        }
    }

    /** Alertmanager, API v2; {@code url} is its base. */
    record Alertmanager(String name, URI url, Set<Priority> priorities) implements ReceiverSettings {
        public Alertmanager {
            priorities = Set.copyOf(priorities);
        }

        @Override
        public String type() {
            return "alertmanager";
        }

        @Override
        public String toString() {
            return type() + "[" + name + "]";
        }
    }

    /** A Slack incoming webhook; {@code url} is a secret. */
    record Slack(String name, URI url, Set<Priority> priorities) implements ReceiverSettings {
        public Slack {
            priorities = Set.copyOf(priorities);
        }

        @Override
        public String type() {
            return "slack";
        }

        @Override
        public String toString() {
            return type() + "[" + name + "]";
        }
    }

    /**
     * A webhook signed as Standard Webhooks says.
     *
     * @param secrets {@code whsec_BASE64} each; a message is signed with every one, so that a receiver may change over
     */
    record Webhook(String name, URI url, List<String> secrets, Set<Priority> priorities) implements ReceiverSettings {
        /** What a secret is, in words. */
        public static final String SECRET = WebhookKey.SECRET;

        /** Whether the text is one: {@link #SECRET}. */
        public static boolean isSecret(String text) {
            try {
                WebhookKey.of(text);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        public Webhook {
            secrets = List.copyOf(secrets);
            secrets.forEach(WebhookKey::of);
            priorities = Set.copyOf(priorities);
            if (secrets.isEmpty()) {
                throw new IllegalArgumentException("alerts.receivers: " + name + ": a webhook needs a secret");
            }
        }

        @Override
        public String type() {
            return "webhook";
        }

        @Override
        public String toString() {
            return type() + "[" + name + "]";
        }
    }
}
