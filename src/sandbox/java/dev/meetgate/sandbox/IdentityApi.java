package dev.meetgate.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** GoTo's two calls that say who the owner of an access token is. */
final class IdentityApi {

    private final World world;
    private final ResourceServer resourceServer;

    IdentityApi(World world) {
        this.world = world;
        this.resourceServer = new ResourceServer(world);
    }

    Answer me(RoutingContext context) {
        Person account = resourceServer.admit(context, "collab:", "identity:");
        Dress dress = world.behaviour().dress();
        var organization = new JsonObject()
                .put("key", dress.key(account.accountKey()))
                .put("name", "Example Ltd")
                .put("adminRoles", new JsonArray());
        return Answer.json(
                200,
                new JsonObject()
                        .put("key", dress.key(account.organizerKey()))
                        .put("accountKey", dress.key(account.accountKey()))
                        .put("email", account.email())
                        .put("firstName", account.firstName())
                        .put("lastName", account.lastName())
                        .put("locale", "en_US")
                        .put("timeZone", "Europe/Berlin")
                        .put("adminRoles", new JsonArray())
                        .put("accounts", JsonArray.of(organization))
                        .put("createTime", 1500000000000L)
                        .put("products", account.isLicensed() ? JsonArray.of("G2M") : new JsonArray()));
    }

    Answer scimMe(RoutingContext context) {
        Person account = resourceServer.admit(context, "identity:scim.me", "collab:");
        Dress dress = world.behaviour().dress();
        var organization = new JsonObject()
                .put("value", dress.key(account.accountKey()))
                .put("display", "Example Ltd")
                .put("entitlements", JsonArray.of("g2m"));
        return Answer.json(
                200,
                new JsonObject()
                        .put("schemas", JsonArray.of("urn:scim:schemas:core:1.0"))
                        .put("id", dress.key(account.organizerKey()))
                        .put("userName", account.email())
                        .put(
                                "name",
                                new JsonObject()
                                        .put("givenName", account.firstName())
                                        .put("familyName", account.lastName()))
                        .put(
                                "emails",
                                JsonArray.of(new JsonObject()
                                        .put("value", account.email())
                                        .put("primary", true)))
                        .put("accounts", JsonArray.of(organization)));
    }
}
