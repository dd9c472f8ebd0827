package dev.meetgate.sandbox;

import java.util.Locale;

/** The parts of GoTo that can be told apart in the log and given faults of their own. */
enum Endpoint {
    AUTHORIZE,
    TOKEN,
    REVOKE,
    API,
    ME,
    OTHER;

    boolean isLimited() {
        return this == API || this == ME;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
