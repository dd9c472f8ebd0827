package dev.meetgate.events;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The pauses before each attempt but the first (Standard Webhooks). */
final class Schedule {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private Schedule() {}

    /** Up to a fifth more, so that receivers do not get all at once. Null after the last attempt. */
    static @Nullable Duration after(int attempts) {
        if (attempts > PAUSES.size()) {
            return null;
        }
        long millis = PAUSES.get(attempts - 1).toMillis();
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(1 + millis / 5));
    }
}
