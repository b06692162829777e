package io.headgate.config;

import io.headgate.alert.Priority;
import io.headgate.alert.ReceiverSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code alerts.receivers}: a list of maps, each of one type with the settings of that type and no other. */
final class ReceiversReader {
    private static final int RECEIVERS_MAX = 100;
    private static final Rule<String> ROUTING_KEY =
            Rule.matching("[!-~]{1,200}", "an integration key of PagerDuty: visible ASCII characters without spaces");
    private static final Rule<String> PRIORITY = Rule.matching("P[01]", "P0 or P1");

    /** What a webhook signs with. */
    static final Rule<String> SECRET = new Rule<>(
            ReceiverSettings.Webhook.SECRET, text -> Optional.of(text).filter(ReceiverSettings.Webhook::isSecret));

    /** The settings of each type besides name, type and priorities: those that it must have, then those it may have. */
    private static final Map<String, List<List<String>>> TYPES = Map.of(
            "pagerduty", List.of(List.of("routing-key"), List.of("url")),
            "alertmanager", List.of(List.of("url"), List.of()),
            "slack", List.of(List.of("url"), List.of()),
            "webhook", List.of(List.of("url", "secret"), List.of()));

    private final Items items;

    ReceiversReader(Items items) {
        this.items = items;
    }

    List<ReceiverSettings> read(Values values) {
        Set<String> names = new HashSet<>();
        List<ReceiverSettings> receivers = new ArrayList<>();
        for (Items.Item item : items.read(values, Keys.RECEIVERS, 0, RECEIVERS_MAX, Keys.OF_A_RECEIVER)) {
            String name = item.values().get("name", "", Rule.name());
            boolean named = items.hasOfItsOwn(item, "name", name, false, names);
            items.type(item, "a receiver", TYPES)
                    .filter(type -> named)
                    .flatMap(type -> receiver(item.values(), name, type))
                    .ifPresent(receivers::add);
        }
        return receivers;
    }

    private static Optional<ReceiverSettings> receiver(Values values, String name, String type) {
        String address = values.secret("url", ReceiverSettings.PagerDuty.URL.toString(), Rule.httpAddress());
        String routingKey = values.secret("routing-key", "", ROUTING_KEY);
        List<String> secrets = values.secrets("secret", SECRET);
        Set<Priority> priorities = EnumSet.noneOf(Priority.class);
        values.list("priorities", List.of("P0", "P1"), PRIORITY)
                .forEach(text -> priorities.add(Priority.valueOf(text)));
        if (values.isBroken("url") || values.isBroken("routing-key") || values.isBroken("secret")) {
            return Optional.empty();
        }
        URI url = URI.create(address);
        return Optional.of(
                switch (type) {
                    case "pagerduty" -> new ReceiverSettings.PagerDuty(name, url, routingKey, priorities);
                    case "alertmanager" -> new ReceiverSettings.Alertmanager(name, url, priorities);
                    case "slack" -> new ReceiverSettings.Slack(name, url, priorities);
                    default -> new ReceiverSettings.Webhook(name, url, secrets, priorities);
                });
    }
}
