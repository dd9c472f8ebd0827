package dev.meetgate.caller;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which API keys came from which addresses within the last day. It begins anew when it is full. */
final class RightKeys {

    private static final Duration KEPT = Duration.ofDays(1);

    /** A use that is known is written again only after this time. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final int MOST = 10_000;

    private record Use(ApiKey key, String address) {}

    private final Map<Use, Instant> uses = new ConcurrentHashMap<>();

    void add(ApiKey key, String address, Instant now) {
        var use = new Use(key, address);
        Instant last = uses.get(use);
        if (last != null && now.isBefore(last.plus(FRESH))) {
            return;
        }
        if (uses.size() >= MOST) {
            uses.clear();
        }
        uses.put(use, now);
    }

    boolean cameFrom(ApiKey key, String address, Instant now) {
        Instant last = uses.get(new Use(key, address));
        return last != null && now.isBefore(last.plus(KEPT));
    }
}
