package dev.meetgate.sandbox;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the access token of an API call and its scope. The token must be in the Authorization header (RFC
 * 6750 §2.1).
 */
final class ResourceServer {

    private final World world;

    ResourceServer(World world) {
        this.world = world;
    }

    /** The owner of the token. The token must have one of the scopes. */
    Person admit(RoutingContext context, String... scopes) {
        HttpServerRequest request = context.request();
        if (hasTokenInQuery(request)) {
            throw Refusal.invalid("a URI must not contain a token");
        }
        Grant grant = grant(request.getHeader("Authorization"));
        if (grant == null) {
            throw world.behaviour().rejection().refusal();
        }
        context.put(RequestLog.ACCOUNT, grant.account().email());
        if (Stream.of(scopes).noneMatch(grant::covers)) {
            throw Refusal.api(403, "AUTHZ_INSUFFICIENT_SCOPE", "The token lacks the scope for this");
        }
        return grant.account();
    }

    private static boolean hasTokenInQuery(HttpServerRequest request) {
        String query = request.query();
        return query != null && (query.contains("access_token") || query.contains("sbx-"));
    }

    private @Nullable Grant grant(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? world.grants().findByAccessToken(authorization.substring(7))
                : null;
    }
}
