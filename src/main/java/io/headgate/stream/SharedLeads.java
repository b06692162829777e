package io.headgate.stream;

import io.headgate.event.Lead;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last lead of each source, as the gateways of one Redis know it together: {@code PREFIX:leads}, a hash of {@code WHEN
 * ID NAME} by source. Beside it lies when each was written; one that was not for {@value #KEPT_DAYS} days is dropped. Times
 * are Redis's own, and ages go in and out, so the gateways' clocks need not agree. Uses no connection that events are written
 * on. Safe for use by any thread.
 */
public final class SharedLeads {
    private static final Script SCRIPT = Script.named("leads");

    /** Leads told in one call: a longer one would hold everybody up. */
    private static final int CALL_LEADS_MAX = 200;

    private static final int PER_LEAD = 4;

    static final int KEPT_DAYS = 60;

    /**
     * A lead from further ahead of Redis's clock was stamped before that was set back: how old it is nobody knows, and it
     * must not hide a silence.
     */
    static final int AHEAD_MILLIS_MAX = 60_000;

    private static final Pattern VALUE =
            Pattern.compile("(\\d{1,15}) (\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}) (.+)");

    private final SideLink link;
    private final Keys keys;

    SharedLeads(SideLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    /**
     * Tells these leads and answers the last one of each source. Fails when Redis does not answer before the deadline: then
     * some may be told, and telling them again is harmless.
     *
     * @param writtenMillis answered is only what was told in the last so many milliseconds; {@link Long#MAX_VALUE}: all
     */
    public Future<List<Lead>> exchange(List<Lead> mine, long writtenMillis) {
        if (mine.size() <= CALL_LEADS_MAX) {
            String asked = writtenMillis == Long.MAX_VALUE ? "all" : Long.toString(writtenMillis);
            return call(mine, asked).map(SharedLeads::leads);
        }
        return call(mine.subList(0, CALL_LEADS_MAX), "none")
                .compose(told -> exchange(mine.subList(CALL_LEADS_MAX, mine.size()), writtenMillis));
    }

    private Future<Response> call(List<Lead> mine, String asked) {
        Packer packer = new Packer();
        packer.array(PER_LEAD * mine.size());
        for (Lead lead : mine) {
            packer.string(lead.source());
            packer.string(Long.toString(lead.ageMillis()));
            packer.string(lead.eventId().toString());
            packer.string(lead.eventName());
        }
        return link.ask(Request.cmd(Command.EVAL)
                .arg(SCRIPT.text())
                .arg(2)
                .arg(keys.leads())
                .arg(keys.leadsWritten())
                .arg(AHEAD_MILLIS_MAX)
                .arg(asked)
                .arg(TimeUnit.DAYS.toMillis(KEPT_DAYS))
                .arg(packer.bytes()));
    }

    private static List<Lead> leads(Response answer) {
        long now = Long.parseLong(text(answer, 0));
        List<Lead> leads = new ArrayList<>();
        for (int i = 1; i + 1 < answer.size(); i += 2) {
            lead(text(answer, i), text(answer, i + 1), now).ifPresent(leads::add);
        }
        return leads;
    }

    /** Empty for what cannot be believed, and for what somebody else wrote there. */
    private static Optional<Lead> lead(String source, String value, long now) {
        Matcher matcher = VALUE.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long age = now - Long.parseLong(matcher.group(1));
        return age < -AHEAD_MILLIS_MAX
                ? Optional.empty()
                : Optional.of(new Lead(source, UUID.fromString(matcher.group(2)), matcher.group(3), Math.max(0, age)));
    }

    private static String text(Response answer, int index) {
        return answer.get(index).toString(StandardCharsets.UTF_8);
    }
}
