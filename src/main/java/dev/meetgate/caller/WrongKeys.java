package dev.meetgate.caller;

import dev.meetgate.caller.RefusedCredentials.Owner;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong credentials by the client's address, minute by minute. After many unknown API keys, each key
 * from that address is answered as wrong, unless it came from there before. The log gets at most three lines
 * a minute.
 */
@Singleton
class WrongKeys {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_OF_AN_ADDRESS = 100;
    private static final int MOST_GUESSES = 1_000;

    /** Further addresses are counted as one, and API keys from there are never taken for guesses. */
    private static final int MOST_ADDRESSES = 10_000;

    /** Unlike other credentials, API keys can be guessed. */
    static final String API_KEY = "API key";

    private static final String OTHERS = "other addresses";
    private static final int GROUPS_OF_IPV6 = 8;

    private final Vertx vertx;
    private final Event<RefusedCredentials> refused;
    private final TrustedProxies proxies;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<Owner, Integer> byOwner = new HashMap<>();

    /** How many unknown API keys came from each address. */
    private final Map<String, Integer> guesses = new ConcurrentHashMap<>();

    private final RightKeys rightKeys = new RightKeys();
    private final AtomicInteger refusedRightKeys = new AtomicInteger();
    private long windowEnd;

    WrongKeys(Vertx vertx, Event<RefusedCredentials> refused, TrustedProxies proxies) {
        this.vertx = vertx;
        this.refused = refused;
        this.proxies = proxies;
    }

    /**
     * Whether a known API key is answered as a wrong one, because its address guesses and has not sent it
     * before.
     */
    boolean mayBeGuessed(ApiKey key, HttpServerRequest request, Instant now) {
        return mayBeGuessed(key, proxies.clientAddress(request), now);
    }

    boolean mayBeGuessed(ApiKey key, String address, Instant now) {
        String network = network(address);
        if (guesses.getOrDefault(network, 0) > MOST_GUESSES && !rightKeys.cameFrom(key, network, now)) {
            refusedRightKeys.incrementAndGet();
            return true;
        }
        rightKeys.add(key, network, now);
        return false;
    }

    @Nullable
    Duration count(HttpServerRequest request, String what, Owner owner) {
        return count(proxies.clientAddress(request), what, owner);
    }

    /** Counts a wrong credential. After too many, returns how long the address must wait. */
    @Nullable
    synchronized Duration count(String address, String what, Owner owner) {
        if (counts.isEmpty()) {
            Log.warnf("Rejected a wrong credential from %s (%s)", address, what);
            windowEnd = System.nanoTime() + WINDOW.toNanos();
            vertx.setTimer(WINDOW.toMillis(), ended -> sumUp());
        }
        String network = network(address);
        String counted = counts.containsKey(network) || counts.size() < MOST_ADDRESSES ? network : OTHERS;
        int count = counts.merge(counted, 1, Integer::sum);
        byOwner.merge(owner, 1, Integer::sum);
        if (what.equals(API_KEY) && owner.equals(Owner.UNKNOWN)) {
            guesses.merge(counted, 1, Integer::sum);
        }
        return count <= MOST_OF_AN_ADDRESS ? null : Duration.ofNanos(windowEnd - System.nanoTime());
    }

    /** Before the stop waits for work that is under way. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent stop) {
        sumUp();
    }

    synchronized void sumUp() {
        if (counts.isEmpty()) {
            return;
        }
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        var most = counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        counts.clear();
        guesses.clear();
        int refusedRight = refusedRightKeys.getAndSet(0);
        if (refusedRight > 0) {
            Log.warnf("Refused %d calls with right API keys, because others guess from their addresses", refusedRight);
        }
        if (all > 1) {
            Log.warnf(
                    "Rejected %d wrong credentials within a minute, %d of them from %s",
                    all, most.getValue(), most.getKey());
        }
        byOwner.forEach((owner, number) -> refused.fire(new RefusedCredentials(owner, number)));
        byOwner.clear();
    }

    /** A customer of an IPv6 provider has at least 2^64 addresses. */
    private static String network(String address) {
        String[] groups = address.split(":");
        return groups.length == GROUPS_OF_IPV6
                ? Arrays.stream(groups).limit(GROUPS_OF_IPV6 / 2).collect(Collectors.joining(":", "", "::/64"))
                : address;
    }
}
