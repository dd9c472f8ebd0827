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
 * The {@code quarkus-oidc-client} behind {@link AuthorizationServer}. A new client replaces it when the body
 * of an answer does not end: the library limits no body in time, and closes no single connection.
 */
@Singleton
class ReplaceableClient {

    private final OidcClients clients;
    private final OidcClientConfig config;
    private final Vertx vertx;
    private volatile OidcClient current;
    private @Nullable OidcClient replaced;

    ReplaceableClient(OidcClients clients, OidcClientsConfig config, Vertx vertx) {
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
     * Does nothing for a client that is replaced already.
     */
    @SuppressWarnings("ReferenceEquality")
    synchronized void replace(OidcClient former) {
        if (former != current || former == replaced) {
            return;
        }
        replaced = former;
        clients.newClient(config)
                // Vert.x would close a client of a request with the HTTP server, before the requests end.
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .subscribe()
                .with(
                        fresh -> {
                            current = fresh;
                            vertx.setTimer(TokenEndpointFilter.LONGEST.toMillis(), ended -> close(former));
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
