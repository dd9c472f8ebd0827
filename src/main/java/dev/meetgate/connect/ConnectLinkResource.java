package dev.meetgate.connect;

import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.http.RequestText;
import dev.meetgate.problem.Failure;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Where tenants get the links to send their users' browsers to. */
@Singleton
@Authenticated
@Tag(name = "Connecting", description = "How users come to have a connection")
@Path("/v1/users/{user}/connect-links")
@Produces(MediaType.APPLICATION_JSON)
class ConnectLinkResource {

    private static final int LONGEST_NAME = 200;

    /** Both may be left out, and so may the whole body. */
    @Schema(description = "What the link is to say and where it is to end")
    record NewConnectLink(
            @Schema(
                    description =
                            "Where the browser goes in the end, one of the tenant's return URLs exactly; it gets `status` "
                                    + "(`connected`, `denied` or `failed`), `user` and, on failure, `problem` added. Absent: a page of ours",
                    examples = "https://app.example.com/back",
                    format = "uri")
            @Nullable
            String returnUrl,

            @Schema(
                    description = "What the page calls the user, without control characters; absent: the user id",
                    examples = "Alice",
                    minLength = 1,
                    maxLength = LONGEST_NAME)
            @Nullable
            String displayName) {}

    private final Caller caller;
    private final ConnectLinks links;

    ConnectLinkResource(Caller caller, ConnectLinks links) {
        this.caller = caller;
        this.links = links;
    }

    @POST
    @ResponseStatus(201)
    @Operation(operationId = "createConnectLink", summary = "Make a link where the user connects")
    @APIResponseSchema(value = ConnectLinks.Issued.class, responseCode = "201", responseDescription = "The link")
    public Uni<ConnectLinks.Issued> create(
            @PathParam("user") String userId, @RequestBody(required = false) @Nullable NewConnectLink body) {
        User user = caller.user(userId);
        var wanted = body == null ? new NewConnectLink(null, null) : body;
        return links.issue(new ConnectLink(user, displayName(wanted, user), returnUrl(wanted)));
    }

    private static String displayName(NewConnectLink wanted, User user) {
        String name = wanted.displayName();
        return name == null ? user.id() : RequestText.of("displayName", name, LONGEST_NAME);
    }

    /** Exact, as a list of strings can be: there is no rule that a clever URL could get around. */
    private @Nullable String returnUrl(NewConnectLink wanted) {
        String url = wanted.returnUrl();
        if (url != null && !caller.tenant().returnUrls().contains(url)) {
            throw new Failure.InvalidRequest(
                    "returnUrl", "This is not one of the tenant's return URLs; it must match one exactly.");
        }
        return url;
    }
}
