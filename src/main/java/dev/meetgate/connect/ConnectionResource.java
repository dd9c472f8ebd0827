package dev.meetgate.connect;

import dev.meetgate.account.Accounts;
import dev.meetgate.caller.Caller;
import dev.meetgate.vault.Account;
import dev.meetgate.vault.Connection;
import dev.meetgate.vault.TokenVault;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The connection of one user. */
@Singleton
@Authenticated
@Tag(name = "Connections", description = "Which users are connected, and to whom at GoTo")
@Path("/v1/users/{user}")
@Produces(MediaType.APPLICATION_JSON)
class ConnectionResource {

    private final Caller caller;
    private final TokenVault vault;
    private final Accounts accounts;

    ConnectionResource(Caller caller, TokenVault vault, Accounts accounts) {
        this.caller = caller;
        this.vault = vault;
        this.accounts = accounts;
    }

    @GET
    @Path("connection")
    @Operation(
            operationId = "getConnection",
            summary = "Show a connection",
            description = "As far as it is known here; GoTo is not asked.")
    public Uni<Connection> connection(@PathParam("user") String user) {
        return vault.connection(caller.user(user));
    }

    @POST
    @Path("connection/check")
    @Operation(
            operationId = "checkConnection",
            summary = "Ask GoTo whether a connection really works",
            description = "A stale token is refreshed, and a connection that GoTo honours no longer is ended.")
    public Uni<Connection> check(@PathParam("user") String user) {
        return accounts.check(caller.user(user));
    }

    @DELETE
    @Path("connection")
    @Operation(
            operationId = "deleteConnection",
            summary = "Disconnect a user",
            description = "Revoked at GoTo where that is possible, erased here at once; also where there was none.")
    public Uni<Void> disconnect(@PathParam("user") String user) {
        return vault.disconnect(caller.user(user));
    }

    @GET
    @Path("account")
    @Operation(operationId = "getAccount", summary = "Show who a user is at GoTo")
    public Uni<Account> account(@PathParam("user") String user) {
        return accounts.of(caller.user(user));
    }
}
