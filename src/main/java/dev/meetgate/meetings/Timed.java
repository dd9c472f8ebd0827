package dev.meetgate.meetings;

import java.time.Instant;

/** What has a place in a {@link Timeline}. */
interface Timed {

    /** When it was; long ago, where GoTo does not say. */
    Instant time();

    /** Tells apart what was at the same time, so that it has one order whatever GoTo's is. */
    String key();
}
