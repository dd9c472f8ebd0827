package dev.meetgate.issuer;

import dev.meetgate.problem.Failure;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer.
 *
 * <ol>
 *   <li>The issuer is asked for its keys at the first token, at a token with an unknown key, and after ten
 *       minutes.
 *   <li>It is asked once at a time, for unknown keys not more often than every 30 s, and not within 5 s of a
 *       failure.
 *   <li>A token waits for an answer that is under way. After a failure, a token with a known key does not
 *       wait.
 *   <li>Known keys are kept while the issuer has no usable answer.
 * </ol>
 */
public final class IssuerKeys {

    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration PAUSE_AFTER_A_FAILURE = Duration.ofSeconds(5);

    private final String issuer;
    private final Supplier<Uni<List<JsonWebKey>>> source;
    private final LongSupplier nanos;

    private List<JsonWebKey> keys = List.of();
    private @Nullable Uni<List<JsonWebKey>> underWay;
    private boolean failed;

    /** When the keys are old, and until when the issuer is left alone. */
    private long freshUntil;

    private long pauseUntil;

    public IssuerKeys(String issuer, Supplier<Uni<List<JsonWebKey>>> source) {
        this(issuer, source, System::nanoTime);
    }

    IssuerKeys(String issuer, Supplier<Uni<List<JsonWebKey>>> source, LongSupplier nanos) {
        this.issuer = issuer;
        this.source = source;
        this.nanos = nanos;
        pauseUntil = nanos.getAsLong();
    }

    /**
     * The keys, with the one of this id if the issuer has it. Fails if the issuer had to be asked and is
     * away.
     */
    public synchronized Uni<List<JsonWebKey>> having(@Nullable String id) {
        long now = nanos.getAsLong();
        boolean known = isKnown(id);
        if (known && now - freshUntil < 0) {
            return Uni.createFrom().item(keys);
        }
        if (underWay == null && now - pauseUntil >= 0) {
            ask(now);
        }
        List<JsonWebKey> before = keys;
        if (known && (underWay == null || failed)) {
            return Uni.createFrom().item(before);
        }
        if (underWay != null) {
            return known ? underWay.onFailure().recoverWithItem(before) : underWay;
        }
        return failed
                ? Uni.createFrom().failure(new Failure.IssuerUnavailable(Duration.ofNanos(pauseUntil - now)))
                : Uni.createFrom().item(keys);
    }

    private boolean isKnown(@Nullable String id) {
        return id == null ? !keys.isEmpty() : keys.stream().anyMatch(key -> id.equals(key.getKeyId()));
    }

    private void ask(long now) {
        pauseUntil = keys.isEmpty() ? now : now + PAUSE.toNanos();
        Uni<List<JsonWebKey>> answer = Uni.createFrom()
                .deferred(source::get)
                .invoke(this::learn)
                .onFailure()
                .transform(this::leave)
                .memoize()
                .indefinitely();
        underWay = answer;
        answer.subscribe()
                .with(
                        learned -> Log.debugf("The issuer %s has %d keys", issuer, learned.size()),
                        away -> Log.debugf("The issuer %s is left alone", issuer));
    }

    private synchronized void learn(List<JsonWebKey> learned) {
        keys = learned;
        freshUntil = nanos.getAsLong() + FRESH.toNanos();
        failed = false;
        underWay = null;
    }

    private synchronized Failure leave(Throwable failure) {
        Log.warnf("The issuer %s gave no keys. Known keys are kept. (%s)", issuer, failure);
        pauseUntil = nanos.getAsLong() + PAUSE_AFTER_A_FAILURE.toNanos();
        failed = true;
        underWay = null;
        return new Failure.IssuerUnavailable(PAUSE_AFTER_A_FAILURE);
    }
}
