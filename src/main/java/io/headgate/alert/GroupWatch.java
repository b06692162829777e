package io.headgate.alert;

import io.headgate.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code ProcessingLag}, one for each consumer group: its oldest unacknowledged event is older than {@code processing.lag}, or
 * the group keeps Redis from being trimmed while memory gets scarce. Over when that event is less than half as old and
 * memory is not scarce.
 *
 * <p>{@code GroupIdle}, one for each consumer group: for {@value #IDLE_DAYS} days nobody has read for it. Over when somebody
 * does.
 *
 * <p>Both are over when the group is gone. {@value #GROUPS_MAX} groups are looked at, the first by name.
 */
final class GroupWatch {
    static final int IDLE_DAYS = 7;
    static final int GROUPS_MAX = 100;
    private static final int LABEL_CHARS_MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger(GroupWatch.class);

    private final long lagMillis;
    private final Clock clock;
    private boolean toldOfMany;

    /** {@code lag}: how old the oldest unacknowledged event may be. */
    GroupWatch(Duration lag, Clock clock) {
        this.lagMillis = lag.toMillis();
        this.clock = clock;
    }

    /** {@code known}: whether Redis was reached so long ago that a group that is not told of is not there. */
    void look(List<Facts.Group> all, boolean known, Bell bell) {
        List<Facts.Group> groups = looked(all);
        for (Facts.Group group : groups) {
            lag(group, bell);
            idle(group, bell);
        }
        if (known) {
            Set<String> there = groups.stream().map(GroupWatch::label).collect(Collectors.toSet());
            bell.gone(AlertName.PROCESSING_LAG, there, "there is no such group any more");
            bell.gone(AlertName.GROUP_IDLE, there, "there is no such group any more");
        }
    }

    /** What the group is called in labels: its name, of which any length would do for Redis. */
    static String label(Facts.Group group) {
        String name = group.name();
        return name.length() <= LABEL_CHARS_MAX
                ? name
                : name.substring(0, LABEL_CHARS_MAX) + "~" + Integer.toHexString(name.hashCode());
    }

    private List<Facts.Group> looked(List<Facts.Group> all) {
        if (all.size() > GROUPS_MAX && !toldOfMany) {
            toldOfMany = true;
            LOG.warn("consumer_groups_ignored, the first {} of {} are watched", GROUPS_MAX, all.size());
        }
        return all.stream()
                .sorted(Comparator.comparing(Facts.Group::name))
                .limit(GROUPS_MAX)
                .toList();
    }

    private void lag(Facts.Group group, Bell bell) {
        if (group.oldestMillis() > lagMillis || group.pressing()) {
            bell.firing(
                    AlertName.PROCESSING_LAG,
                    label(group),
                    Priority.P1,
                    clock.wallMillis() - group.oldestMillis(),
                    "Consumer group " + label(group) + " is behind by " + Page.spoken(group.oldestMillis()),
                    lagDetails(group),
                    null);
        } else if (group.oldestMillis() * 2 < lagMillis) {
            bell.well(AlertName.PROCESSING_LAG, label(group), "the group has caught up");
        }
    }

    private List<String> lagDetails(Facts.Group group) {
        List<String> details = new ArrayList<>();
        details.add("So old is the oldest event that it has not acknowledged; the limit is " + Page.spoken(lagMillis)
                + ".");
        if (group.waitingEvents() >= 0) {
            details.add(group.waitingEvents() + " events wait for it.");
        }
        if (group.pressing()) {
            details.add("Redis has used more than 70 % of its memory, and this group keeps it from being trimmed.");
        }
        return details;
    }

    private void idle(Facts.Group group, Bell bell) {
        if (group.idleMillis() >= Duration.ofDays(IDLE_DAYS).toMillis()) {
            bell.firing(
                    AlertName.GROUP_IDLE,
                    label(group),
                    Priority.P1,
                    clock.wallMillis() - group.idleMillis(),
                    "Nobody has read for consumer group " + label(group) + " for " + IDLE_DAYS + " days",
                    List.of(
                            "What it has not acknowledged is never trimmed, so the streams grow.",
                            "If nobody needs it any more: " + group.remove()),
                    null);
        } else {
            bell.well(AlertName.GROUP_IDLE, label(group), "somebody reads for it again");
        }
    }
}
