package dev.meetgate.caller;

import dev.meetgate.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers for an hour which API keys came from which addresses, up to a bound. Of a key that comes from
 * several addresses, it may know some only, because it is asked to add a key once a minute.
 */
class RightKeys {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final int MOST = 10_000;
    private static final int SECONDS_OF_A_MINUTE = 60;

    private record Use(String address, String sha256) {}

    /** In which minute each key was last added. */
    private final Map<ApiKey, Long> minutes = new ConcurrentHashMap<>();

    private final Map<Use, Instant> uses = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Use, Instant> eldest) {
            return size() > MOST;
        }
    };

    /** Whether this key was added in this minute, from whichever address. */
    boolean haveNow(ApiKey key, Instant now) {
        Long minute = minutes.get(key);
        return minute != null && minute == minute(now);
    }

    void add(ApiKey key, Secret text, String address, Instant now) {
        minutes.put(key, minute(now));
        synchronized (uses) {
            uses.put(use(text, address), now);
        }
    }

    boolean cameFrom(String address, Secret text, Instant now) {
        synchronized (uses) {
            Instant last = uses.get(use(text, address));
            return last != null && now.isBefore(last.plus(KEPT));
        }
    }

    private static long minute(Instant now) {
        return now.getEpochSecond() / SECONDS_OF_A_MINUTE;
    }

    private static Use use(Secret text, String address) {
        return new Use(address, HexFormat.of().formatHex(text.sha256()));
    }
}
