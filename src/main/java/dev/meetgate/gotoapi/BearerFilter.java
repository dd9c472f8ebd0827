package dev.meetgate.gotoapi;

import static dev.meetgate.gotoapi.CallFilters.BEFORE_ERRORS;

import dev.meetgate.vault.AccessToken;
import dev.meetgate.vault.AccessTokens;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientResponseFilter;

/**
 * Adds the user's access token to requests (RFC 6750 §2.1). Refreshes a rejected token; {@link GoToCalls}
 * then repeats the call.
 */
@Singleton
class BearerFilter implements ResteasyReactiveClientRequestFilter, ResteasyReactiveClientResponseFilter {

    /** Request filters run in ascending order, response filters in descending order. */
    static final Map<Class<?>, Integer> PRIORITIES =
            Map.of(ClientRequestFilter.class, Priorities.AUTHENTICATION, ClientResponseFilter.class, BEFORE_ERRORS);

    /** Set by the generated REST clients. */
    private static final String PATH_TEMPLATE = "UrlPathTemplate";

    private final AccessTokens tokens;
    private final RejectingPaths rejectingPaths = new RejectingPaths();

    BearerFilter(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        GoToCall call = CallFilters.call(request);
        call.attempt().begin(request.getMethod(), request.getProperty(PATH_TEMPLATE));
        request.suspend();
        call.attempt().waitFor(token(call), token -> send(request, call.attempt(), token), request::resume);
    }

    private Uni<AccessToken> token(GoToCall call) {
        AccessToken refreshed = call.attempt().refreshed();
        if (refreshed != null) {
            return Uni.createFrom().item(refreshed);
        }
        return call.renewal() == GoToCall.Renewal.NEVER ? tokens.stored(call.user()) : tokens.of(call.user());
    }

    private static void send(ResteasyReactiveClientRequestContext request, Attempt attempt, AccessToken token) {
        attempt.use(token);
        request.getHeaders()
                .putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + token.value().reveal());
        // Without this header, GoTo may compress its answer (RFC 9110 §12.5.3).
        request.getHeaders().putSingle(HttpHeaders.ACCEPT_ENCODING, "identity");
        request.resume();
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request, ClientResponseContext response) {
        CallFilters.endBroken(request, response);
        int status = response.getStatus();
        GoToCall call = CallFilters.call(request);
        byte[] body = CallFilters.body(response);
        GoToWords words = status < 400 ? GoToWords.NONE : GoToWords.of(body);
        call.attempt().told(words);
        if (GoToErrors.rejectsToken(status, response.getHeaderString(HttpHeaders.WWW_AUTHENTICATE), words)) {
            rejected(request, call, status);
            return;
        }
        if (status < 500 && status != 429 && !rejectingPaths.isEmpty()) {
            rejectingPaths.accepted(call.user(), path(request));
        }
        if (status < 300) {
            refuseEcho(call.attempt().token(), body);
        }
    }

    private static String path(ResteasyReactiveClientRequestContext request) {
        return RejectingPaths.path(request.getMethod(), request.getUri().getRawPath());
    }

    /** One refresh for a call: a token that is seconds old is as good as the next one. */
    private void rejected(ResteasyReactiveClientRequestContext request, GoToCall call, int status) {
        Attempt attempt = call.attempt();
        attempt.rejected();
        if (attempt.refreshed() != null || !mayBeReplaced(request, call)) {
            throw new GoToErrors.TokenRejected(status, null);
        }
        request.suspend();
        attempt.waitFor(
                tokens.newerThan(call.user(), attempt.token().generation()),
                newer -> request.resume(new GoToErrors.TokenRejected(status, newer)),
                request::resume);
    }

    /** A token that cannot be refreshed is only given up where the path accepts every good token. */
    private boolean mayBeReplaced(ResteasyReactiveClientRequestContext request, GoToCall call) {
        AccessToken token = call.attempt().token();
        return switch (call.renewal()) {
            case NEVER, BEFORE_THE_CALL_ONLY -> false;
            case WHEN_NEEDED, WHEN_REJECTED ->
                (token.refreshable() || call.renewal() == GoToCall.Renewal.WHEN_REJECTED)
                        && rejectingPaths.mayHelp(call.user(), path(request), token.generation(), System.nanoTime());
        };
    }

    /** Keeps a server that echoes requests from passing the token to the caller. */
    private static void refuseEcho(AccessToken token, byte[] body) {
        if (new String(body, StandardCharsets.ISO_8859_1).contains(token.value().reveal())) {
            throw new RefusedAnswer("GoTo's answer contains the access token.");
        }
    }
}
