package dev.meetgate.connect;

import dev.meetgate.caller.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

@Singleton
@Authenticated
@Tag(ref = "Connections")
@Path("/v1/users/{user}/account-page-links")
@Produces(MediaType.APPLICATION_JSON)
class AccountPageLinkResource {

    private final Caller caller;
    private final AccountPageLinks links;

    AccountPageLinkResource(Caller caller, AccountPageLinks links) {
        this.caller = caller;
        this.links = links;
    }

    @POST
    @PermissionsAllowed("connections:write")
    @SecurityRequirement(name = "apiKey", scopes = "connections:write")
    @ResponseStatus(201)
    @Operation(
            operationId = "createAccountPageLink",
            summary = "Create a link to the page of a user's connection",
            description = "Open the link in the user's browser. Its page shows which GoTo account is connected, since"
                    + " when, and what it was last used for, and lets the user disconnect. The link works for 15"
                    + " minutes, in the browser that opens the page. A user has at most 20 links; a further one ends"
                    + " the oldest. Also for users without a connection. Sends no request to GoTo.")
    @APIResponseSchema(value = AccountPageLinks.Issued.class, responseCode = "201", responseDescription = "The link")
    public Uni<AccountPageLinks.Issued> create(@PathParam("user") String user) {
        return links.issue(caller.user(user));
    }
}
