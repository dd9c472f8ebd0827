package dev.meetgate.sandbox;

import java.util.Locale;

/** The parts of GoTo. Log and faults distinguish them. */
enum Endpoint {
    AUTHORIZE,
    TOKEN,
    REVOKE,
    API,
    ME,
    /** Not of GoTo: a tenant's receiver of events. */
    WEBHOOK,
    OTHER;

    boolean isLimited() {
        return this == API || this == ME;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
