package dev.meetgate.audit;

import java.util.Locale;

/** How an action ended. */
public enum Outcome {
    SUCCESS,
    /** Somebody who may refuse did: GoTo, or MeetGate for want of a connection or of budget. */
    REFUSED,
    /** It was not executed. */
    FAILED,
    /** It may have been executed. */
    UNKNOWN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
