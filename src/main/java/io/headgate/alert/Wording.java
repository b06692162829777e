package io.headgate.alert;

import java.util.Locale;

/** Facts of a notice as people read them. */
final class Wording {
    private Wording() {}

    static String lastLead(LastLead lead) {
        return NoticeJson.time(lead.atMillis()) + ", " + lead.eventName() + ", " + lead.eventId();
    }

    static String gateway(GatewayNow gateway) {
        return "mode " + gateway.mode() + ", " + gateway.journalEvents() + " events in the journal; last hour: "
                + gateway.acceptedLastHour() + " accepted, " + gateway.rejectedLastHour() + " rejected";
    }

    /** Whether it is an address that can be opened in a browser. */
    static boolean isLink(String runbook) {
        String address = runbook.toLowerCase(Locale.ROOT);
        return address.startsWith("http://") || address.startsWith("https://");
    }
}
