package dev.meetgate.sandbox;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The token endpoint (RFC 6749 §3.2). Stricter than GoTo: a refresh ends the grant's older access tokens. */
final class TokenEndpoint {

    private static final int LEVEL_OF_ASSURANCE = 3;

    private final World world;

    TokenEndpoint(World world) {
        this.world = world;
    }

    Answer answer(RoutingContext context) {
        ClientForm form = ClientForm.read(context.request(), world.client());
        return switch (form.required("grant_type")) {
            case "authorization_code" -> exchange(form, context);
            case "refresh_token" -> refresh(form, context);
            default -> throw Refusal.oauth(401, "unauthorized_client", "Unauthorized grant type");
        };
    }

    private Answer exchange(ClientForm form, RoutingContext context) {
        String redirectUri = form.required("redirect_uri");
        String codeVerifier = world.secrets().remember(form.required("code_verifier"));
        Grant grant = world.codes().present(form.required("code")).redeem(redirectUri, codeVerifier);
        world.grants().add(grant);
        context.put(RequestLog.ACCOUNT, grant.account().email());
        return tokens(grant, world.grants().issueRefreshToken(grant));
    }

    private Answer refresh(ClientForm form, RoutingContext context) {
        Grants grants = world.grants();
        Grant grant = grants.findByRefreshToken(form.required("refresh_token"));
        context.put(RequestLog.ACCOUNT, grant.account().email());
        grant.countRefresh();
        grants.expireAccessTokens(grant::equals);
        return switch (world.behaviour().rotation()) {
            case STABLE -> tokens(grant, null);
            case ROTATING -> tokens(grant, grants.issueRefreshToken(grant));
        };
    }

    private Answer tokens(Grant grant, @Nullable String refreshToken) {
        Behaviour behaviour = world.behaviour();
        var response = new JsonObject()
                .put("access_token", world.grants().issueAccessToken(grant, behaviour.tokenLifetimeSeconds()))
                .put("token_type", behaviour.tokenType());
        if (refreshToken != null) {
            response.put("refresh_token", refreshToken);
        }
        if (!behaviour.omitExpiresIn()) {
            response.put("expires_in", behaviour.tokenLifetimeSeconds());
        }
        if (!behaviour.omitScope()) {
            response.put("scope", Objects.requireNonNullElse(behaviour.answeredScope(), grant.scope()));
        }
        response.put("principal", grant.account().email()).put("loa", LEVEL_OF_ASSURANCE);
        return Answer.json(200, response);
    }
}
