package io.headgate.alert;

import java.util.List;
import java.util.Optional;

/** Alerts of an earlier process that nothing could end any more, because the configuration has changed since. */
final class Orphans {
    private final String instance;
    private final LeadFlowSettings leadFlow;
    private final List<ReceiverSettings> receivers;

    Orphans(String instance, AlertSettings settings) {
        this.instance = instance;
        this.leadFlow = settings.leadFlow();
        this.receivers = settings.receivers();
    }

    /** Why an alert cannot end by itself; empty when it can. */
    Optional<String> why(AlertKey key) {
        if (!key.instance().equals(instance)) {
            return Optional.of("this gateway is called " + instance + " now");
        }
        return switch (key.name()) {
            case LEAD_FLOW_STOPPED -> notWatched(key.label());
            case LEAD_FLOW_UNUSUAL ->
                leadFlow.unusual() ? notWatched(key.label()) : Optional.of("usual rates are not watched any more");
            case RECEIVER_FAILING ->
                receivers.stream().anyMatch(receiver -> receiver.name().equals(key.label()))
                        ? Optional.empty()
                        : Optional.of("receiver " + key.label() + " is not configured any more");
            case FAILOVER_ACTIVE,
                    DRAIN_STALLED,
                    JOURNAL_FILLING,
                    INTAKE_REFUSING,
                    JOURNAL_CORRUPT,
                    REDIS_UNSAFE,
                    PROCESSING_LAG,
                    GROUP_IDLE,
                    DESTINATION_SLOW,
                    DESTINATION_FAILING,
                    TEST -> Optional.empty();
        };
    }

    private Optional<String> notWatched(String source) {
        if (source.equals("*")) {
            return Optional.empty();
        }
        if (leadFlow.sources().stream().noneMatch(each -> each.name().equals(source))) {
            return Optional.of("source " + source + " is not configured any more");
        }
        return leadFlow.perSource() ? Optional.empty() : Optional.of("sources are not watched one by one any more");
    }
}
