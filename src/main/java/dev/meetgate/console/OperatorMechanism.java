package dev.meetgate.console;

import dev.meetgate.secret.Secret;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.HexFormat;

/** Authenticates operators, for the console alone. It is asked after the credentials of tenants. */
@Singleton
class OperatorMechanism implements HttpAuthenticationMechanism {

    private static final String CONSOLE = "/console";

    private final ConsoleConfig config;

    /** Of dev mode, which has no sessions. */
    private final Operator developer =
            new Operator("developer", HexFormat.of().formatHex(Secret.random().sha256()));

    OperatorMechanism(ConsoleConfig config) {
        this.config = config;
    }

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY - 1;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviderManager) {
        String path = String.valueOf(context.request().path());
        if (!config.open() || !(path.equals(CONSOLE) || path.startsWith(CONSOLE + "/"))) {
            return Uni.createFrom().nullItem();
        }
        return Uni.createFrom().item(developer.identity());
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }
}
