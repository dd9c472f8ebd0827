package dev.meetgate.history;

import java.time.Instant;

interface Timed {

    /** The time of the item. A distant past if GoTo sends none. */
    Instant time();

    /** Orders items of the same time. */
    String key();
}
