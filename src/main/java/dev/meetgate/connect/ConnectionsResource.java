package dev.meetgate.connect;

import dev.meetgate.caller.Caller;
import dev.meetgate.http.PageLimit;
import dev.meetgate.problem.Failure;
import dev.meetgate.vault.Connection;
import dev.meetgate.vault.TokenVault;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
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
@Tag(ref = "Connections")
@Path("/v1/connections")
@Produces(MediaType.APPLICATION_JSON)
class ConnectionsResource {

    @Schema(description = "Some of the tenant's connections", requiredProperties = "items")
    record ConnectionPage(
            @Schema(description = "In the order of user ids")
            List<Connection> items,

            @Schema(description = "The `cursor` of the next page; absent in the last one", examples = "YWxpY2U")
            @Nullable
            String nextCursor) {}

    private final Caller caller;
    private final TokenVault vault;

    ConnectionsResource(Caller caller, TokenVault vault) {
        this.caller = caller;
        this.vault = vault;
    }

    @GET
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
