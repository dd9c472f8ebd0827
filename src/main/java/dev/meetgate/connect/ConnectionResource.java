package dev.meetgate.connect;

import dev.meetgate.caller.Caller;
import dev.meetgate.http.PageLimit;
import dev.meetgate.problem.Failure;
import dev.meetgate.vault.Account;
import dev.meetgate.vault.Accounts;
import dev.meetgate.vault.Connection;
import dev.meetgate.vault.TokenVault;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The tenant's connections. */
@Singleton
@Authenticated
@Tag(name = "Connections", description = "Which users are connected, and to whom at GoTo")
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
class ConnectionResource {

    @Schema(description = "Some of the tenant's connections", requiredProperties = "items")
    record ConnectionPage(
            @Schema(description = "In the order of user ids")
            List<Connection> items,

            @Schema(description = "The `cursor` of the next page; absent in the last one", examples = "YWxpY2U")
            @Nullable
            String nextCursor) {}

    private final Caller caller;
    private final TokenVault vault;
    private final Accounts accounts;

    ConnectionResource(Caller caller, TokenVault vault, Accounts accounts) {
        this.caller = caller;
        this.vault = vault;
        this.accounts = accounts;
    }

    @GET
    @Path("users/{user}/connection")
    @Operation(
            operationId = "getConnection",
            summary = "Show a connection",
            description = "As far as it is known here; GoTo is not asked.")
    public Uni<Connection> connection(@PathParam("user") String user) {
        return vault.connection(caller.user(user));
    }

    @POST
    @Path("users/{user}/connection/check")
    @Operation(
            operationId = "checkConnection",
            summary = "Ask GoTo whether a connection really works",
            description = "A stale token is refreshed, and a connection that GoTo honours no longer is ended.")
    public Uni<Connection> check(@PathParam("user") String user) {
        return accounts.check(caller.user(user));
    }

    @DELETE
    @Path("users/{user}/connection")
    @Operation(
            operationId = "deleteConnection",
            summary = "Disconnect a user",
            description = "Revoked at GoTo where that is possible, erased here at once; also where there was none.")
    public Uni<Void> disconnect(@PathParam("user") String user) {
        return vault.disconnect(caller.user(user));
    }

    @GET
    @Path("users/{user}/account")
    @Operation(operationId = "getAccount", summary = "Show who a user is at GoTo")
    public Uni<Account> account(@PathParam("user") String user) {
        return accounts.of(caller.user(user));
    }

    @GET
    @Path("connections")
    @Operation(operationId = "listConnections", summary = "List the tenant's connections")
    public Uni<ConnectionPage> connections(
            @Parameter(
                            description = "Those of this status alone",
                            schema = @Schema(implementation = Connection.Status.class))
                    @QueryParam("status")
                    @Nullable
                    String status,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) String limit,
            @QueryParam("cursor") @DefaultValue("") String cursor) {
        int size = PageLimit.of(limit);
        return vault.connections(caller.tenant().name(), status(status), afterUser(cursor), size + 1)
                .map(found -> found.size() <= size
                        ? new ConnectionPage(found, null)
                        : new ConnectionPage(
                                found.subList(0, size),
                                cursor(found.get(size - 1).user())));
    }

    private static Connection.@Nullable Status status(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(Connection.Status.values())
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new Failure.InvalidRequest("status", "status is CONNECTED or RECONNECT_REQUIRED."));
    }

    /** A cursor is the last user id of the page before, so that pages hold while connections come and go. */
    private static String cursor(String user) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    private static String afterUser(String cursor) {
        try {
            var user = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (user.codePoints().noneMatch(Character::isISOControl)) {
                return user;
            }
        } catch (IllegalArgumentException notBase64) {
            // The same answer as for any other text that is not a cursor of ours.
        }
        throw new Failure.InvalidRequest("cursor", "cursor is the nextCursor of the page before.");
    }
}
