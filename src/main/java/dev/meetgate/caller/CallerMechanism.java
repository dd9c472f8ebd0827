package dev.meetgate.caller;

import dev.meetgate.caller.RefusedCredentials.Owner;
import dev.meetgate.problem.Failure;
import dev.meetgate.problem.Problem;
import dev.meetgate.secret.Secret;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jose4j.jwt.consumer.JwtContext;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates a tenant by an API key or a JWT, sent as a bearer token (RFC 6750 §2.1), or else by the
 * certificate of its client.
 */
@Singleton
class CallerMechanism implements HttpAuthenticationMechanism {

    private static final String SCHEME = "Bearer ";
    private static final String CONSOLE = "/console";

    private final Tenants tenants;
    private final JsonWebTokens tokens;
    private final ClientCertificates certificates;
    private final WrongKeys wrongKeys;

    CallerMechanism(Tenants tenants, JsonWebTokens tokens, ClientCertificates certificates, WrongKeys wrongKeys) {
        this.tenants = tenants;
        this.tokens = tokens;
        this.certificates = certificates;
        this.wrongKeys = wrongKeys;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviderManager) {
        HttpServerRequest request = context.request();
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return byCertificate(request);
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().nullItem();
        }
        String bearer = authorization.substring(SCHEME.length()).strip();
        JwtContext token = tokens.read(bearer);
        if (token != null) {
            return byToken(token, request);
        }
        return byKey(Secret.of(bearer), request);
    }

    private Uni<SecurityIdentity> byKey(Secret text, HttpServerRequest request) {
        Instant now = Instant.now();
        ApiKey key = tenants.apiKey(text);
        if (key == null) {
            return wrong(request, WrongKeys.API_KEY, Owner.UNKNOWN);
        }
        if (key.isExpired(now)) {
            key.refuse(now);
            return wrong(request, WrongKeys.API_KEY, Owner.of(key));
        }
        if (wrongKeys.mayBeGuessed(key, request, now)) {
            return wrong(request, WrongKeys.API_KEY, Owner.of(key));
        }
        return Uni.createFrom().item(key.identity);
    }

    private Uni<SecurityIdentity> byToken(JwtContext token, HttpServerRequest request) {
        Context callers = Vertx.currentContext();
        return tokens.verify(token, request)
                // The keys may arrive on the context of another caller who waited for them too.
                .emitOn(command -> runOn(callers, command))
                .map(Grant::identity)
                .onFailure(AuthenticationFailedException.class)
                .recoverWithUni(failure -> wrong(request, "JWT: " + failure.getMessage(), tokens.owner(token)));
    }

    private static void runOn(@Nullable Context callers, Runnable command) {
        if (callers == null || callers.equals(Vertx.currentContext())) {
            command.run();
        } else {
            callers.runOnContext(ignored -> command.run());
        }
    }

    private Uni<SecurityIdentity> byCertificate(HttpServerRequest request) {
        if (!tenants.haveCertificates()) {
            return Uni.createFrom().nullItem();
        }
        try {
            byte[] sha256 = certificates.sha256(request);
            if (sha256 == null) {
                return Uni.createFrom().nullItem();
            }
            Grant grant = tenants.certificate(sha256);
            return grant == null ? wrongCertificate(request) : Uni.createFrom().item(grant.identity());
        } catch (AuthenticationFailedException invalid) {
            return wrongCertificate(request);
        }
    }

    /** Below the console, a certificate of no tenant is ignored: the operator of that browser signs in. */
    private Uni<SecurityIdentity> wrongCertificate(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        return path.equals(CONSOLE) || path.startsWith(CONSOLE + "/")
                ? Uni.createFrom().nullItem()
                : wrong(request, "client certificate", Owner.UNKNOWN);
    }

    private Uni<SecurityIdentity> wrong(HttpServerRequest request, String what, Owner owner) {
        Duration wait = wrongKeys.count(request, what, owner);
        return Uni.createFrom()
                .failure(wait == null ? new AuthenticationFailedException() : new Failure.TooManyAttempts(wait));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", Problem.CHALLENGE));
    }
}
