package dev.meetgate.vault;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.config.ConfigMapping;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * Makes the REST clients of GoTo's API. They are not registered with Quarkus, which would look for a hundred settings of each under
 * several names: that was a twentieth of the start.
 */
@Singleton
public class GoToClients {

    private static final int CONNECT_TIMEOUT_SECONDS = 3;
    private static final int READ_TIMEOUT_SECONDS = 10;

    @ConfigMapping(prefix = "goto")
    interface ApiConfig {
        URI apiUrl();
    }

    private final URI api;

    GoToClients(ApiConfig config) {
        api = config.apiUrl();
    }

    @Produces
    @Singleton
    AccountApi accounts() {
        return of(AccountApi.class);
    }

    /** A client for an interface whose calls have a {@link Bearer} each. */
    public <T> T of(Class<T> calls) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(api)
                .connectTimeout(CONNECT_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(READ_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .followRedirects(false)
                .register(new BearerFilter())
                .register(new GoToErrors())
                .build(calls);
    }
}
