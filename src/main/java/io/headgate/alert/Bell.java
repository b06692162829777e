package io.headgate.alert;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the watches tell, at each look, how what they watch stands. Told the same again, it does nothing; so a watch need
 * not remember what it told, also not over a restart. A watch that cannot say yet says nothing: then a firing alert goes on
 * firing and no new one begins. Belongs to the loop of the alerting.
 */
interface Bell {
    /**
     * It is as it must not be.
     *
     * @param label a source, a receiver, a consumer group or a destination; empty where the alert has none
     * @param sinceMillis since when, in milliseconds since 1970; what was told first holds
     * @param summary one line
     * @param details sentences with the figures
     */
    void firing(
            AlertName name,
            String label,
            Priority priority,
            long sinceMillis,
            String summary,
            List<String> details,
            @Nullable LastLead lastLead);

    /** It is as it should be; {@code reason} is what to tell where it was not before. */
    void well(AlertName name, String label, String reason);

    /**
     * What bears none of these labels is not there any more, so its alert of this name is over; also one of an earlier
     * process, of which the watch knows nothing. {@code reason} is what to tell.
     */
    void gone(AlertName name, Set<String> there, String reason);
}
