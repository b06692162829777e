package io.headgate.alert;

import java.util.List;
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
     * @param label a source or a receiver; empty where the alert has none
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
}
