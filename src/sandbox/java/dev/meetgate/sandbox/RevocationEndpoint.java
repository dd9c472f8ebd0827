package dev.meetgate.sandbox;

import io.vertx.ext.web.RoutingContext;

/** The revocation endpoint (RFC 7009). An unknown token counts as revoked. */
final class RevocationEndpoint {

    private final World world;

    RevocationEndpoint(World world) {
        this.world = world;
    }

    Answer answer(RoutingContext context) {
        ClientForm form = ClientForm.read(context.request(), world.client());
        world.grants().revokeToken(form.required("token"));
        return Answer.empty(200);
    }
}
