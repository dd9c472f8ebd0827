package dev.meetgate.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {

    private static final JsonWebKey FIRST = key("first");
    private static final JsonWebKey SECOND = key("second");

    private final AtomicLong nanos = new AtomicLong(System.nanoTime());
    private CompletableFuture<List<JsonWebKey>> answer = CompletableFuture.completedFuture(List.of(FIRST));
    private final IssuerKeys keys =
            new IssuerKeys("an issuer", () -> Uni.createFrom().completionStage(() -> answer), nanos::get);

    @Test
    void letsNobodyInWithAKeyThatTheIssuerHasWithdrawn() {
        assertEquals(List.of(FIRST), now("first"));
        answer = new CompletableFuture<>();
        nanos.addAndGet(Duration.ofMinutes(11).toNanos());

        var waiting = keys.having("first").subscribeAsCompletionStage();
        answer.complete(List.of(SECOND));

        assertEquals(List.of(SECOND), waiting.join());
    }

    @Test
    void waitsForAnIssuerThatIsAwayOnce() {
        assertEquals(List.of(FIRST), now("first"));
        answer = new CompletableFuture<>();
        nanos.addAndGet(Duration.ofMinutes(11).toNanos());

        var waiting = keys.having("first").subscribeAsCompletionStage();
        answer.completeExceptionally(new IllegalStateException("away"));
        assertEquals(List.of(FIRST), waiting.join());

        answer = new CompletableFuture<>();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertEquals(List.of(FIRST), now("first"));
    }

    /** What is there at once. */
    private List<JsonWebKey> now(String id) {
        return keys.having(id).subscribeAsCompletionStage().getNow(List.of());
    }

    private static JsonWebKey key(String id) {
        try {
            JsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
