package dev.meetgate.caller;

import dev.meetgate.problem.Failure;
import dev.meetgate.problem.Problem;
import dev.meetgate.secret.Secret;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** Authenticates a tenant by its API key, sent as a bearer token (RFC 6750 §2.1). */
@Singleton
class ApiKeyMechanism implements HttpAuthenticationMechanism {

    private static final String SCHEME = "Bearer ";

    private final Tenants tenants;
    private final WrongKeys wrongKeys;

    ApiKeyMechanism(Tenants tenants, WrongKeys wrongKeys) {
        this.tenants = tenants;
        this.wrongKeys = wrongKeys;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviderManager) {
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().nullItem();
        }
        ApiKey key = tenants.apiKey(
                Secret.of(authorization.substring(SCHEME.length()).strip()), Instant.now());
        if (key == null) {
            Duration wait = wrongKeys.count(context.request().remoteAddress().hostAddress());
            return Uni.createFrom()
                    .failure(wait == null ? new AuthenticationFailedException() : new Failure.TooManyAttempts(wait));
        }
        return Uni.createFrom()
                .item(QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal(key.tenant.name()))
                        .addAttribute(Actor.ATTRIBUTE, key.actor)
                        .addPermissionChecker(key::allows)
                        .build());
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", Problem.CHALLENGE));
    }
}
