package dev.meetgate.gotoapi;

import dev.meetgate.caller.User;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Paths that rejected a user's token. A path that rejects the next token too rejects every token, for example
 * for want of a scope. Another refresh would not help.
 *
 * <p>Only the path is remembered. Another path's rejection still refreshes a token that was revoked early.
 */
final class RejectingPaths {

    /**
     * After this time, a path may cause the next refresh. The time doubles while the path rejects every
     * token.
     */
    private static final Duration FIRST_HOLD = Duration.ofSeconds(30);

    private static final int MOST_DOUBLINGS = 7;
    private static final int MOST = 10_000;

    private static final Pattern ID = Pattern.compile("[^/]*\\d[^/]*");

    private record Key(User user, String path) {}

    private record Rejection(long generation, int doublings, long until) {

        static Rejection of(long generation, int doublings, long now) {
            return new Rejection(generation, doublings, now + (FIRST_HOLD.toNanos() << doublings));
        }

        boolean holds(long now) {
            return now - until < 0;
        }
    }

    private final Map<Key, Rejection> rejections = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Rejection> eldest) {
            return size() > MOST;
        }
    };

    /** The method and path of a request, without ids. */
    static String path(String method, String rawPath) {
        return method + " " + ID.matcher(rawPath).replaceAll("*");
    }

    /** Notes that a path has rejected a token. Returns whether a refresh may help. */
    synchronized boolean mayHelp(User user, String path, long generation, long now) {
        var key = new Key(user, path);
        Rejection last = rejections.get(key);
        // A lower generation belongs to a new connection of the same user.
        if (last == null || !last.holds(now) || generation < last.generation()) {
            int doublings = last == null ? 0 : Math.min(last.doublings() + 1, MOST_DOUBLINGS);
            rejections.put(key, Rejection.of(generation, doublings, now));
            return true;
        }
        return generation == last.generation();
    }

    synchronized boolean isEmpty() {
        return rejections.isEmpty();
    }

    synchronized void accepted(User user, String path) {
        rejections.remove(new Key(user, path));
    }
}
