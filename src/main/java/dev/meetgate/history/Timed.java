package dev.meetgate.history;

import java.time.Instant;

/** Something that has a place in a list in order of time. */
interface Timed {

    /** When it was; long ago, where GoTo does not say. */
    Instant time();

    /** Tells apart what was at the same time, so that it has one order whatever GoTo's is. */
    String key();
}
