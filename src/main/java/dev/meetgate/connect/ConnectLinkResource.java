package dev.meetgate.connect;

import dev.meetgate.caller.Caller;
import dev.meetgate.caller.Tenant;
import dev.meetgate.caller.User;
import dev.meetgate.http.RequestText;
import dev.meetgate.problem.Failure;
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
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

@Singleton
@Authenticated
@Tag(name = "Connecting", description = "Connect links, where users connect their GoTo accounts")
@Path("/v1/users/{user}/connect-links")
@Produces(MediaType.APPLICATION_JSON)
class ConnectLinkResource {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_STATE = 512;

    /** 32 bytes in base64url. The last character has but four bits. */
    private static final String CHALLENGE = "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$";

    @Schema(description = "Options of a connect link")
    record NewConnectLink(
            @Schema(
                    description = "Where the browser goes at the end: exactly one of the tenant's return URLs."
                            + " MeetGate adds the query parameters `status` (`connected`, `denied` or"
                            + " `failed`), `user`, `state` where the link has one and, after a failure,"
                            + " `problem`. Default: the tenant's default return URL, or else a page of MeetGate",
                    examples = "https://app.example.com/back",
                    format = "uri")
            @Nullable
            String returnUrl,

            @Schema(
                    description = "Name of the user on the page. It must not contain control characters. Default: the"
                            + " user id",
                    examples = "Alice",
                    minLength = 1,
                    maxLength = LONGEST_NAME)
            @Nullable
            String displayName,

            @Schema(
                    description = "Text of yours that comes back as the query parameter `state` at the return URL."
                            + " MeetGate does not interpret it. It must not contain control characters",
                    examples = "3f1c-settings",
                    minLength = 1,
                    maxLength = LONGEST_STATE)
            @Nullable
            String state,

            @Schema(
                    description = "Ties the walk to the session that began it: the SHA-256 of a secret of that session,"
                            + " in base64url (RFC 7636, S256). The walk then ends at the return URL with"
                            + " `status=pending` and `code`, and only `POST /v1/users/{user}/connection/finish` with"
                            + " the secret as `codeVerifier` makes the connection, within ten minutes. Needs a"
                            + " return URL",
                    examples = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                    pattern = CHALLENGE)
            @Nullable
            String codeChallenge) {}

    private final Caller caller;
    private final NewLinks links;

    ConnectLinkResource(Caller caller, NewLinks links) {
        this.caller = caller;
        this.links = links;
    }

    @POST
    @PermissionsAllowed("connections:write")
    @SecurityRequirement(name = "apiKey", scopes = "connections:write")
    @ResponseStatus(201)
    @Operation(
            operationId = "createConnectLink",
            summary = "Create a connect link for a user",
            description = "Open the link in the user's browser. Its page says who will be connected to which"
                    + " application, and a button leads to GoTo, where the user signs in and"
                    + " agrees. The link works for 15 minutes or until it has connected the user, in the browser"
                    + " that began. An existing connection stays until the user agrees. Sends no request to"
                    + " GoTo.")
    @Extension(name = "x-problems", value = "too-many-connect-links")
    @APIResponseSchema(value = NewLinks.Issued.class, responseCode = "201", responseDescription = "The link")
    public Uni<NewLinks.Issued> create(
            @PathParam("user") String userId, @RequestBody(required = false) @Nullable NewConnectLink body) {
        User user = caller.user(userId);
        var wanted = body == null ? new NewConnectLink(null, null, null, null) : body;
        String returnUrl = returnUrl(wanted);
        return links.issue(new ConnectLink(
                user, displayName(wanted, user), returnUrl, state(wanted), codeChallenge(wanted, returnUrl)));
    }

    private static @Nullable String codeChallenge(NewConnectLink wanted, @Nullable String returnUrl) {
        String challenge = wanted.codeChallenge();
        if (challenge != null && !challenge.matches(CHALLENGE)) {
            throw new Failure.InvalidRequest(
                    "codeChallenge",
                    "codeChallenge must be a SHA-256 in base64url without padding: 43 characters (RFC 7636, S256).");
        }
        if (challenge != null && returnUrl == null) {
            throw new Failure.InvalidRequest(
                    "returnUrl", "A link with codeChallenge needs a returnUrl: the code to finish with arrives there.");
        }
        return challenge;
    }

    private static String displayName(NewConnectLink wanted, User user) {
        String name = wanted.displayName();
        return name == null ? user.id() : RequestText.of("displayName", name, LONGEST_NAME);
    }

    private static @Nullable String state(NewConnectLink wanted) {
        return wanted.state() == null ? null : RequestText.of("state", wanted.state(), LONGEST_STATE);
    }

    private @Nullable String returnUrl(NewConnectLink wanted) {
        Tenant tenant = caller.tenant();
        String url = wanted.returnUrl();
        if (url == null) {
            return tenant.defaultReturnUrl();
        }
        if (!tenant.mayReturnTo(url)) {
            throw new Failure.InvalidRequest("returnUrl", "returnUrl must be exactly one of the tenant's return URLs.");
        }
        return url;
    }
}
