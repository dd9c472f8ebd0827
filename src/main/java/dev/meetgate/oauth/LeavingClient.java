package dev.meetgate.oauth;

import io.quarkus.logging.Log;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClients;
import io.quarkus.oidc.client.Tokens;
import io.quarkus.oidc.client.runtime.OidcClientConfig;
import io.quarkus.oidc.client.runtime.OidcClientsConfig;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The client of GoTo's authorization server. It leaves all its connections when the body of an answer does
 * not end. The library has no time limit for a body, and cannot be told to close a single connection.
 */
@Singleton
class LeavingClient {

    private final OidcClients clients;
    private final OidcClientConfig config;
    private final Vertx vertx;
    private volatile OidcClient current;
    private @Nullable OidcClient leaving;

    LeavingClient(OidcClients clients, OidcClientsConfig config, Vertx vertx) {
        this.clients = clients;
        this.config = OidcClientsConfig.getDefaultClient(config);
        this.vertx = vertx;
        this.current = clients.getClient();
    }

    Uni<Tokens> getTokens(Map<String, String> parameters) {
        return current.getTokens(parameters);
    }

    Uni<Tokens> refreshTokens(String refreshToken) {
        return current.refreshTokens(refreshToken);
    }

    Uni<Boolean> revokeAccessToken(String token, Map<String, String> parameters) {
        return current.revokeAccessToken(token, parameters);
    }

    OidcClient current() {
        return current;
    }

    /**
     * Takes new connections, and closes this client's when the other requests on them have their answers.
     * Does nothing for a client that is left already.
     */
    @SuppressWarnings("ReferenceEquality")
    synchronized void leave(OidcClient left) {
        if (left != current || left == leaving) {
            return;
        }
        leaving = left;
        clients.newClient(config)
                // Vert.x would close a client of a request with the HTTP server, before the requests end.
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .subscribe()
                .with(
                        fresh -> {
                            current = fresh;
                            vertx.setTimer(TokenEndpointFilter.LONGEST.toMillis(), ended -> close(left));
                        },
                        impossible -> Log.error("There is no new client of GoTo's authorization server", impossible));
    }

    private static void close(OidcClient client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
