package dev.meetgate.gotoapi;

import static dev.meetgate.gotoapi.CallFilters.BEFORE_ERRORS;

import dev.meetgate.problem.Failure;
import dev.meetgate.vault.AccessToken;
import dev.meetgate.vault.AccessTokens;
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

    private final AccessTokens tokens;

    BearerFilter(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        GoToCall call = CallFilters.call(request);
        call.begin(request.getMethod());
        request.suspend();
        call.waitFor(
                call.keepsToken() ? tokens.stored(call.user()) : tokens.of(call.user()),
                token -> send(request, call, token),
                request::resume);
    }

    private static void send(ResteasyReactiveClientRequestContext request, GoToCall call, AccessToken token) {
        call.use(token);
        request.getHeaders()
                .putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + token.value().reveal());
        request.resume();
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request, ClientResponseContext response) {
        CallFilters.refuseBroken(request, response);
        int status = response.getStatus();
        GoToCall call = CallFilters.call(request);
        byte[] body = CallFilters.body(response);
        if (GoToErrors.rejectsToken(status, response.getHeaderString(HttpHeaders.WWW_AUTHENTICATE), body)) {
            rejected(request, call, new GoToErrors.TokenRejected(status));
        } else {
            refuseEcho(call.token(), body);
        }
    }

    private void rejected(
            ResteasyReactiveClientRequestContext request, GoToCall call, GoToErrors.TokenRejected rejection) {
        if (!call.rejected()) {
            throw rejection;
        }
        request.suspend();
        call.waitFor(
                tokens.newerThan(call.user(), call.token().generation()),
                newer -> request.resume(rejection),
                request::resume);
    }

    /** Keeps a server that echoes requests from passing the token to the caller. */
    private static void refuseEcho(AccessToken token, byte[] body) {
        if (new String(body, StandardCharsets.ISO_8859_1).contains(token.value().reveal())) {
            throw Failure.GoToUnavailable.answered("GoTo's answer contains the access token.");
        }
    }
}
