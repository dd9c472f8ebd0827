package dev.meetgate.issuer;

import dev.meetgate.issuer.OpenIdProvider.Client;
import dev.meetgate.issuer.OpenIdProvider.Unusable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The endpoints of an OpenID provider, from its metadata (OpenID Connect Discovery §4). */
final class OpenIdMetadata {

    record Endpoints(URI authorization, URI token, URI keys, long readAt) {}

    private static final long FRESH_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Client client;
    private final IssuerClient http;
    private @Nullable Endpoints known;
    private @Nullable Uni<Endpoints> underWay;
    private long pauseUntil = System.nanoTime();

    OpenIdMetadata(Client client, IssuerClient http) {
        this.client = client;
        this.http = http;
    }

    /** The provider is asked once at a time, and not within a second of a failure. */
    synchronized Uni<Endpoints> current() {
        long now = System.nanoTime();
        if (known != null && now - known.readAt() < FRESH_NANOS) {
            return Uni.createFrom().item(known);
        }
        if (underWay != null) {
            return underWay;
        }
        if (now - pauseUntil < 0) {
            return Uni.createFrom().failure(new Unusable("it had no usable answer a moment ago"));
        }
        Uni<Endpoints> answer = http.get(URI.create(IssuerMetadata.address(client.issuer())), client.byProxy())
                .onFailure()
                .transform(Unusable::new)
                .map(text -> endpoints(json(text)))
                .onItemOrFailure()
                .invoke((endpoints, failure) -> learn(endpoints))
                .memoize()
                .indefinitely();
        underWay = answer;
        return answer;
    }

    private synchronized void learn(@Nullable Endpoints endpoints) {
        underWay = null;
        if (endpoints == null) {
            pauseUntil = System.nanoTime() + PAUSE_NANOS;
        } else {
            known = endpoints;
        }
    }

    /** Fails unless the metadata is the issuer's own and leads to safe addresses. */
    private Endpoints endpoints(JsonObject json) {
        if (!client.issuer().equals(json.getString("issuer"))) {
            throw new Unusable("the metadata of the OpenID provider names another issuer");
        }
        return new Endpoints(
                address(json, "authorization_endpoint"),
                address(json, "token_endpoint"),
                address(json, "jwks_uri"),
                System.nanoTime());
    }

    private static URI address(JsonObject json, String name) {
        String url = json.getString(name);
        if (url == null || !IssuerMetadata.SAFE.matcher(url).matches()) {
            throw new Unusable("the metadata of the OpenID provider has no %s with https".formatted(name));
        }
        try {
            return new URI(url);
        } catch (URISyntaxException notAnAddress) {
            throw new Unusable(notAnAddress);
        }
    }

    static JsonObject json(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException nonsense) {
            throw new Unusable("the answer of the OpenID provider is not JSON");
        }
    }
}
