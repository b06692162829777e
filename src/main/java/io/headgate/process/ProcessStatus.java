package io.headgate.process;

import io.headgate.stream.GroupState;
import java.util.List;
import java.util.Set;

/**
 * How the road out stands.
 *
 * @param reading whether this process reads routes
 * @param processes that share the work, by name
 * @param entries on all streams together
 * @param trimmed entries that this process has trimmed
 * @param pressed whether Redis uses so much memory that entries are trimmed before their time
 * @param holders groups that keep entries from being trimmed
 * @param groups all consumer groups, whoever made them
 */
public record ProcessStatus(
        boolean reading,
        List<String> processes,
        List<RouteStatus> routes,
        List<DestinationStatus> destinations,
        long entries,
        long trimmed,
        boolean pressed,
        Set<String> holders,
        List<GroupState> groups) {
    public ProcessStatus {
        processes = List.copyOf(processes);
        routes = List.copyOf(routes);
        destinations = List.copyOf(destinations);
        holders = Set.copyOf(holders);
        groups = List.copyOf(groups);
    }
}
