package io.headgate.alert;

import java.util.Locale;

/**
 * How a flow of leads stands.
 *
 * <pre>
 *                first_lead               fell_silent
 *   NEVER_SEEN --------------> FLOWING ---------------> SILENT
 *        |                        ^                     |  ^
 *        |                        +---- flows_again ----+  |
 *        +----------------- fell_silent -------------------+
 * </pre>
 */
enum FlowState {
    /** No lead ever came. */
    NEVER_SEEN,
    /** The last lead is younger than the limit, or it is not yet sure that it was the last. */
    FLOWING,
    /** No lead for the limit or longer, and it is told. */
    SILENT;

    /** What changes a flow's state. */
    enum Transition {
        FIRST_LEAD,
        FELL_SILENT,
        FLOWS_AGAIN;

        /** Its name in logs and metrics. */
        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The name of the transition to another state. */
    Transition transitionTo(FlowState next) {
        return switch (next) {
            case SILENT -> Transition.FELL_SILENT;
            case FLOWING -> this == NEVER_SEEN ? Transition.FIRST_LEAD : Transition.FLOWS_AGAIN;
            case NEVER_SEEN -> throw new IllegalArgumentException("a lead that came stays seen");
        };
    }

    /** Its name on the status page. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
