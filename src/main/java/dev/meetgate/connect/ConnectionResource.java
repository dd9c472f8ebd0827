package dev.meetgate.connect;

import dev.meetgate.account.Accounts;
import dev.meetgate.caller.Caller;
import dev.meetgate.vault.Account;
import dev.meetgate.vault.Connection;
import dev.meetgate.vault.TokenVault;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
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
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Singleton
@Authenticated
@Tag(name = "Connections", description = "Which users are connected, and to which GoTo account")
@Path("/v1/users/{user}")
@Produces(MediaType.APPLICATION_JSON)
class ConnectionResource {

    private final Caller caller;
    private final TokenVault vault;
    private final Accounts accounts;
    private final Disconnecting disconnecting;

    ConnectionResource(Caller caller, TokenVault vault, Accounts accounts, Disconnecting disconnecting) {
        this.caller = caller;
        this.vault = vault;
        this.accounts = accounts;
        this.disconnecting = disconnecting;
    }

    @GET
    @PermissionsAllowed("connections:read")
    @SecurityRequirement(name = "apiKey", scopes = "connections:read")
    @Path("connection")
    @Operation(
            operationId = "getConnection",
            summary = "Show a connection",
            description = "Answers from MeetGate's database, without a request to GoTo. `status` and `reason` tell"
                    + " whether the user must connect again.")
    @Extension(name = "x-problems", value = "not-connected")
    public Uni<Connection> connection(@PathParam("user") String user) {
        return vault.connection(caller.user(user));
    }

    @POST
    @PermissionsAllowed("connections:write")
    @SecurityRequirement(name = "apiKey", scopes = "connections:write")
    @Path("connection/check")
    @Operation(
            operationId = "checkConnection",
            summary = "Check a connection at GoTo",
            description = "Sends a request to GoTo and refreshes the access token if necessary. When GoTo no longer"
                    + " accepts the connection, it ends: its status is then `RECONNECT_REQUIRED`. A"
                    + " connection that GoTo accepts is `CONNECTED`, also when the account may not use meetings.")
    @Extension(name = "x-problems", value = "goto-unavailable")
    public Uni<Connection> check(@PathParam("user") String user) {
        return accounts.check(caller.user(user));
    }

    @DELETE
    @PermissionsAllowed("connections:write")
    @SecurityRequirement(name = "apiKey", scopes = "connections:write")
    @Path("connection")
    @Operation(
            operationId = "deleteConnection",
            summary = "Disconnect a user",
            description = "Erases the tokens at once and then revokes them at GoTo; a failed revocation is retried"
                    + " later. While another connection has the same GoTo account, nothing is revoked, because GoTo"
                    + " may end all grants of an account at once. The user's connect links end too: whoever is at"
                    + " GoTo now connects nothing. Answers 204 also for a user without a connection.")
    public Uni<Void> disconnect(@PathParam("user") String user) {
        return disconnecting.of(caller.user(user));
    }

    @GET
    @PermissionsAllowed("connections:read")
    @SecurityRequirement(name = "apiKey", scopes = "connections:read")
    @Path("account")
    @Operation(
            operationId = "getAccount",
            summary = "Show a user's GoTo account",
            description = "Asks GoTo for the name, the e-mail address and the keys of the account, with one to three"
                    + " requests. When the granted scopes do not allow it, the answer is the account as"
                    + " of the last consent.")
    @Extension(name = "x-problems", value = "meeting-not-found goto-unavailable")
    public Uni<Account> account(@PathParam("user") String user) {
        return accounts.of(caller.user(user));
    }
}
