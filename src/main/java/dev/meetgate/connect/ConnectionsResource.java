package dev.meetgate.connect;

import dev.meetgate.caller.Caller;
import dev.meetgate.http.Cursor;
import dev.meetgate.http.PageLimit;
import dev.meetgate.http.RequestChoice;
import dev.meetgate.vault.Connection;
import dev.meetgate.vault.TokenVault;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Singleton
@Authenticated
@Tag(ref = "Connections")
@Path("/v1/connections")
@Produces(MediaType.APPLICATION_JSON)
class ConnectionsResource {

    @Schema(description = "A page of the tenant's connections", requiredProperties = "items")
    record ConnectionPage(
            @Schema(description = "The connections, in the order of user ids")
            List<Connection> items,

            @Schema(description = "`cursor` of the next page. Absent on the last page", examples = "YWxpY2U") @Nullable
            String nextCursor) {}

    private final Caller caller;
    private final TokenVault vault;

    ConnectionsResource(Caller caller, TokenVault vault) {
        this.caller = caller;
        this.vault = vault;
    }

    /** The cursor is the last user id of the previous page, so that pages stay stable. */
    @GET
    @PermissionsAllowed("connections:read")
    @SecurityRequirement(name = "apiKey", scopes = "connections:read")
    @Operation(
            operationId = "listConnections",
            summary = "List the tenant's connections",
            description = "Returns the connections in the order of user ids, page by page. Answers from MeetGate's"
                    + " database, without a request to GoTo.")
    public Uni<ConnectionPage> connections(
            @Parameter(
                            description = "Return only connections with this status. Default: all",
                            schema = @Schema(implementation = Connection.Status.class))
                    @QueryParam("status")
                    @Nullable
                    String status,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) String limit,
            @QueryParam("cursor") @DefaultValue("") String cursor) {
        int size = PageLimit.of(limit);
        return vault.connections(
                        caller.tenant().name(),
                        status == null ? null : RequestChoice.of("status", status, Connection.Status.class),
                        Cursor.position(cursor),
                        size + 1)
                .map(found -> found.size() <= size
                        ? new ConnectionPage(found, null)
                        : new ConnectionPage(
                                found.subList(0, size),
                                Cursor.of(found.get(size - 1).user())));
    }
}
