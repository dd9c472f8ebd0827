package dev.meetgate.oauth;

import dev.meetgate.caller.Arrival;
import dev.meetgate.caller.Deadlines;
import dev.meetgate.caller.User;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Circuit;
import dev.meetgate.reactive.Gate;
import dev.meetgate.secret.Secret;
import io.quarkus.oidc.client.OidcClientException;
import io.quarkus.oidc.client.Tokens;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * MeetGate as the client of GoTo's authorization server.
 *
 * <p>Each token request is sent once, because a lost answer may contain a rotated refresh token. A request
 * fails with {@link InvalidGrant}, which is final, or with {@link Failure.GoToUnavailable}, which is
 * temporary.
 */
@Singleton
public class AuthorizationServer {

    /** The failure of every token request while GoTo does not know the client or its secret. */
    public static final String CLIENT_REJECTED =
            "GoTo rejects the OAuth client of this MeetGate. The operator must correct its settings.";

    /** The maximum duration of a token request, including the connection. */
    public static final Duration TOKEN_DEADLINE = Duration.ofSeconds(10);

    /**
     * Less than {@code quarkus.oidc-client.max-pool-size}: a request that is late keeps its connection a
     * while.
     */
    private static final int REQUESTS_AT_A_TIME = 20;

    /** They share the connections of token requests, and must leave enough of them. */
    private static final int REVOCATIONS_AT_A_TIME = 10;

    private static final Duration REVOCATION_DEADLINE = Duration.ofSeconds(3);

    /** A caller who disconnects gets the answer in time, also when GoTo is slow. */
    private static final Duration LAST_MOMENT = Duration.ofMillis(200);

    private final OAuthConfig config;
    private final PublicUrl publicUrl;
    private final ReplaceableClient client;
    private final TokenEndpointPause pause;
    private final Deadlines deadlines;
    private final Circuit tokenEndpoint;
    private final Gate gate;
    private final AtomicInteger revocations = new AtomicInteger();

    AuthorizationServer(
            OAuthConfig config,
            PublicUrl publicUrl,
            ReplaceableClient client,
            TokenEndpointPause pause,
            Deadlines deadlines,
            Vertx vertx) {
        this.config = config;
        this.publicUrl = publicUrl;
        this.client = client;
        this.pause = pause;
        this.deadlines = deadlines;
        this.tokenEndpoint = new Circuit("GoTo's authorization server", AuthorizationServer::isSilence, vertx);
        this.gate = new Gate(REQUESTS_AT_A_TIME, vertx);
    }

    /** The authorization request for the browser (RFC 6749 §4.1.1, RFC 7636 §4.3). */
    public URI authorizationUri(Secret state, Secret codeVerifier) {
        return UriBuilder.fromUri(config.authorizeUrl())
                .queryParam("response_type", "code")
                .queryParam("client_id", "{clientId}")
                .queryParam("redirect_uri", "{redirectUri}")
                .queryParam("scope", "{scopes}")
                .queryParam("state", "{state}")
                .queryParam("code_challenge", codeVerifier.codeChallenge())
                .queryParam("code_challenge_method", "S256")
                .build(config.clientId(), publicUrl.redirectUri(), config.scopes(), state.reveal());
    }

    /** Reads the query of a callback. The caller has checked {@code state}. */
    public AuthorizationResponse read(MultivaluedMap<String, String> query) {
        for (String name : List.of("code", "error", "iss")) {
            if (query.containsKey(name) && query.get(name).size() > 1) {
                return new AuthorizationResponse.Refused(AuthorizationResponse.UNREADABLE);
            }
        }
        String issuer = query.getFirst("iss");
        if (issuer != null && !issuer.equals(config.issuer())) {
            return new AuthorizationResponse.Refused(AuthorizationResponse.WRONG_ISSUER);
        }
        String error = query.getFirst("error");
        if (error != null) {
            return new AuthorizationResponse.Refused(error);
        }
        String code = query.getFirst("code");
        return code == null || code.isEmpty()
                ? new AuthorizationResponse.Refused(AuthorizationResponse.UNREADABLE)
                : new AuthorizationResponse.Granted(Secret.of(code));
    }

    /**
     * Redeems an authorization code (RFC 6749 §4.1.3, RFC 7636 §4.5). Fails at once while the authorization
     * server does not answer. The code is not sent then, and the connect link stays valid.
     */
    public Uni<TokenResponse> exchange(User user, Secret code, Secret codeVerifier) {
        var parameters = Map.of(
                "code", code.reveal(),
                "redirect_uri", publicUrl.redirectUri().toString(),
                "code_verifier", codeVerifier.reveal());
        return turn(user, deadlines.current().left())
                .onFailure(Gate.Closed.class)
                .transform(closed -> tooMany())
                .flatMap(turn -> checkRest()
                        .flatMap(mayAsk -> tokenEndpoint.guard(() -> once(client.getTokens(parameters), turn)))
                        .onTermination()
                        .invoke(turn::end));
    }

    /** Spends a refresh token (RFC 6749 §6), unless the failure says that nothing was executed. */
    public Uni<TokenResponse> refresh(Secret refreshToken, Gate.Pass turn) {
        return tokenEndpoint.guard(() -> once(client.refreshTokens(refreshToken.reveal()), turn));
    }

    /** Fails if a refresh token would not be sent now. Called before a lease is taken. */
    public void checkReachable() {
        tokenEndpoint.checkReachable();
    }

    private static boolean isSilence(Throwable failure) {
        return failure instanceof Failure.GoToUnavailable unavailable && !unavailable.isResting();
    }

    /**
     * Waits until a token request may be sent. Nothing is lost meanwhile: the wait comes before a lease is
     * taken. The turn ends with the request, or by its holder. Fails with {@link Gate.Closed} after this
     * time.
     */
    public Uni<Gate.Pass> turn(User user, Duration patience) {
        return gate.enter(user, patience);
    }

    /** Fails with {@link Failure.GoToUnavailable} while GoTo wants no token request of any replica. */
    public Uni<Void> checkRest() {
        return pause.check();
    }

    /** The failure of a caller whose deadline comes before its turn. */
    public static Failure.GoToUnavailable tooMany() {
        return Failure.GoToUnavailable.notExecuted("Too many requests wait for GoTo's authorization server.");
    }

    public boolean isResting() {
        return tokenEndpoint.isOpen() || pause.isKnown();
    }

    /** Revokes a refresh token and its access tokens (RFC 7009). */
    public Uni<Void> revoke(Secret refreshToken) {
        return Uni.createFrom()
                .deferred(() -> {
                    if (revocations.incrementAndGet() > REVOCATIONS_AT_A_TIME) {
                        revocations.decrementAndGet();
                        throw Failure.GoToUnavailable.notExecuted("Too many revocations are under way.");
                    }
                    return translated(revocation(refreshToken)
                            .ifNoItem()
                            .after(revocationDeadline())
                            .fail());
                })
                .replaceWithVoid();
    }

    /** The request keeps its connection until it ends, even if nobody waits for it any more. */
    private Uni<Boolean> revocation(Secret refreshToken) {
        return client.revokeAccessToken(refreshToken.reveal(), Map.of("token_type_hint", "refresh_token"))
                .onTermination()
                .invoke(revocations::decrementAndGet)
                .memoize()
                .indefinitely();
    }

    private static Duration revocationDeadline() {
        return Arrival.timeLeft()
                .map(left -> left.minus(LAST_MOMENT))
                .map(left -> left.toMillis() < 1 ? Duration.ofMillis(1) : left)
                .filter(left -> left.compareTo(REVOCATION_DEADLINE) < 0)
                .orElse(REVOCATION_DEADLINE);
    }

    private Uni<TokenResponse> once(Uni<Tokens> request, Gate.Pass turn) {
        return translated(request.ifNoItem().after(TOKEN_DEADLINE).fail())
                .map(tokens -> TokenResponse.of(tokens, requestedScopes(), Instant.now()))
                .onFailure(AuthorizationServer::asksForPause)
                .call(failure -> pause.begin(((Failure.GoToUnavailable) failure).retryAfter()))
                .onTermination()
                .invoke(turn::end);
    }

    private static boolean asksForPause(Throwable failure) {
        return failure instanceof Failure.GoToUnavailable unavailable && unavailable.isResting();
    }

    private static <T> Uni<T> translated(Uni<T> request) {
        return request.onFailure(TimeoutException.class)
                .transform(late ->
                        new Failure.GoToUnavailable("GoTo's authorization server did not answer in time.", late))
                .onFailure(OidcClientException.class)
                .transform(down -> new Failure.GoToUnavailable("GoTo's authorization server could not be reached."));
    }

    /** The requested scopes. They count as granted if a token response names none (RFC 6749 §5.1). */
    public Set<String> requestedScopes() {
        return TokenResponse.scopes(config.scopes());
    }
}
