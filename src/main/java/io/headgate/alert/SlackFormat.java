package io.headgate.alert;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A Slack incoming webhook. It knows neither keys nor resolutions: each message is a post of its own, and a repeat after an
 * answer that was lost is seen twice. The address is the secret.
 */
final class SlackFormat implements Format {
    /** Slack cuts a text at 40,000 characters; nobody reads so many. */
    private static final int TEXT_CHARS_MAX = 4_000;

    private final URI target;

    SlackFormat(ReceiverSettings.Slack settings) {
        this.target = settings.url();
    }

    @Override
    public URI target() {
        return target;
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }

    @Override
    public Message message(Notice notice, long nowMillis) {
        return new Message(new JsonObject()
                .put("text", text(notice))
                .put("unfurl_links", false)
                .put("unfurl_media", false)
                .toBuffer());
    }

    private static String text(Notice notice) {
        AlertKey key = notice.key();
        List<String> lines = new ArrayList<>();
        lines.add(sign(notice) + " *" + escaped(notice.summary()) + "*");
        lines.add(notice.priority() + " " + key.name().wire() + " "
                + notice.status().wire() + ", since " + NoticeJson.time(notice.sinceMillis()) + ", instance "
                + escaped(key.instance()));
        notice.details().forEach(line -> lines.add(escaped(line)));
        LastLead lead = notice.lastLead();
        if (lead != null) {
            lines.add("Last lead: " + escaped(Wording.lastLead(lead)));
        }
        lines.add("Gateway: " + escaped(Wording.gateway(notice.gateway())));
        lines.add("Runbook: " + runbook(notice.runbook()));
        return cut(String.join("\n", lines));
    }

    private static String sign(Notice notice) {
        if (notice.status() == Notice.Status.RESOLVED) {
            return ":white_check_mark:";
        }
        return switch (notice.priority()) {
            case P0 -> ":rotating_light:";
            case P1 -> ":warning:";
        };
    }

    private static String runbook(String runbook) {
        return Wording.isLink(runbook) ? "<" + escaped(runbook).replace("|", "%7C") + ">" : escaped(runbook);
    }

    /** The three characters by which Slack tells links and mentions from text. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String cut(String text) {
        return text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX) + "...";
    }
}
