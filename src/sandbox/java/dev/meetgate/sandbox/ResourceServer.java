package dev.meetgate.sandbox;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lets those in who bring an access token in the Authorization header (RFC 6750 §2.1) that covers what they ask for. */
final class ResourceServer {

    private final World world;

    ResourceServer(World world) {
        this.world = world;
    }

    /** The account that the token is good for, if the token has one of the scopes. */
    Account admit(RoutingContext context, String... scopes) {
        HttpServerRequest request = context.request();
        if (hasTokenInQuery(request)) {
            throw Refusal.api(400, "RequestValidationError", "a token has no place in a URI");
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
                ? world.grants().accessedWith(authorization.substring(7))
                : null;
    }
}
