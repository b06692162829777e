package io.headgate.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The alerts that there are. Their names are part of the contract: receivers route by them. */
public enum AlertName {
    LEAD_FLOW_STOPPED(
            "LeadFlowStopped",
            "source",
            "See whether the site's form still posts: open it, send it, look at the answer to POST /v1/events."),
    LEAD_FLOW_UNUSUAL(
            "LeadFlowUnusual",
            "source",
            "See what was released or started just before the last lead: a new form, a new page, a stopped campaign."),
    FAILOVER_ACTIVE(
            "FailoverActive",
            "",
            "See whether Redis runs and can be reached, and what /status says under redis.last_fault."),
    DRAIN_STALLED(
            "DrainStalled",
            "",
            "See /status under drain: a pause that was forgotten, a partition that is halted and why."),
    JOURNAL_FILLING(
            "JournalFilling", "", "See /status under journal, lasts_s; bring Redis back, or give the disk more room."),
    INTAKE_REFUSING(
            "IntakeRefusing",
            "",
            "Clients get 503. See /status under redis and journal; bring either back, Redis first."),
    JOURNAL_CORRUPT(
            "JournalCorrupt", "", "Look at the disk's health first; what could not be read lies under journal/dead."),
    REDIS_UNSAFE("RedisUnsafe", "", "Set maxmemory-policy noeviction and appendonly yes on the server."),
    RECEIVER_FAILING(
            "ReceiverFailing",
            "receiver",
            "See /status under alerts.receivers for what it answers; mend its address or key."),
    PROCESSING_LAG(
            "ProcessingLag",
            "group",
            "See whether its consumers run and what they fail at; for a route, whether its destination takes events."),
    GROUP_IDLE(
            "GroupIdle",
            "group",
            "Start its consumers again, or remove the group: what it has not acknowledged is never trimmed."),
    DESTINATION_SLOW(
            "DestinationSlow",
            "destination",
            "See what the destination itself is busy with; its concurrency and batches are settings here."),
    DESTINATION_FAILING(
            "DestinationFailing",
            "destination",
            "See what it answers, below; its events wait on the streams and follow by themselves."),
    /** Sent by hand, to see that receivers work. */
    TEST("Test", "", "Nothing: somebody tries whether alerts arrive.");

    private final String wire;
    private final String labelName;
    private final String lookFirst;

    AlertName(String wire, String labelName, String lookFirst) {
        this.wire = wire;
        this.labelName = labelName;
        this.lookFirst = lookFirst;
    }

    /** The name for receivers, metrics and logs. */
    public String wire() {
        return wire;
    }

    /** The alert of this name. */
    public static Optional<AlertName> ofWire(String wire) {
        return Arrays.stream(values()).filter(name -> name.wire.equals(wire)).findFirst();
    }

    /** What its label is called; empty for an alert without one. */
    String labelName() {
        return labelName;
    }

    /** One sentence on where to look first. */
    String lookFirst() {
        return lookFirst;
    }

    /** Its section in the runbook, as a link's fragment. */
    String anchor() {
        return wire.toLowerCase(Locale.ROOT);
    }
}
