package dev.meetgate.budget;

import dev.meetgate.caller.User;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Users whom GoTo told to wait for longer than some seconds. Each wait applies to one kind of path.
 *
 * <p>In memory: another replica learns it from its own first request, and a restart forgets it.
 */
final class Holds {

    private record Held(User user, String kindOfPath) {}

    private static final int MOST = 10_000;

    /** In the order in which GoTo said it. */
    private final Map<Held, Long> ends = new LinkedHashMap<>();

    synchronized void add(User user, String path, Duration duration, long now) {
        ends.values().removeIf(end -> end - now <= 0);
        if (ends.size() == MOST) {
            ends.remove(ends.keySet().iterator().next());
        }
        ends.put(held(user, path), now + duration.toNanos());
    }

    synchronized Duration left(User user, String path, long now) {
        Long end = ends.isEmpty() ? null : ends.get(held(user, path));
        return end == null || end - now <= 0 ? Duration.ZERO : Duration.ofNanos(end - now);
    }

    private static Held held(User user, String path) {
        return new Held(user, path.replaceAll("/\\d+", "/*"));
    }
}
