package dev.meetgate.console;

import dev.meetgate.secret.Secret;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.HexFormat;

/** Authenticates operators, for the console alone. It is asked after the credentials of tenants. */
@Singleton
class OperatorMechanism implements HttpAuthenticationMechanism {

    private static final String CONSOLE = "/console";

    private final ConsoleConfig config;
    private final Sessions sessions;

    /** Of dev mode, which has no sessions. */
    private final Operator developer =
            new Operator("developer", HexFormat.of().formatHex(Secret.random().sha256()));

    OperatorMechanism(ConsoleConfig config, Sessions sessions) {
        this.config = config;
        this.sessions = sessions;
    }

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY - 1;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviderManager) {
        HttpServerRequest request = context.request();
        String path = String.valueOf(request.path());
        if (!config.isOn() || !(path.equals(CONSOLE) || path.startsWith(CONSOLE + "/"))) {
            return Uni.createFrom().nullItem();
        }
        Operator operator = config.open() ? developer : sessions.operator(request);
        if (operator != null) {
            return Uni.createFrom().item(operator.identity());
        }
        return isOfABrowser(request)
                ? Uni.createFrom().failure(new SignInRequired())
                : Uni.createFrom().nullItem();
    }

    private static boolean isOfABrowser(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return HttpMethod.GET.equals(request.method()) && accept != null && accept.contains("text/html");
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }
}
