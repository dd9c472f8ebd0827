package dev.meetgate.connect;

import dev.meetgate.caller.Caller;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import dev.meetgate.vault.Connection;
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
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Ends a walk whose link has a code challenge, in the session that began it. */
@Singleton
@Authenticated
@Tag(ref = "Connecting")
@Path("/v1/users/{user}/connection/finish")
@Produces(MediaType.APPLICATION_JSON)
class FinishResource {

    private static final String CODE = "^[A-Za-z0-9_-]{43}$";

    /** RFC 7636 §4.1. */
    private static final String VERIFIER = "^[A-Za-z0-9._~-]{43,128}$";

    @Schema(
            description = "What finishes a walk",
            requiredProperties = {"code", "codeVerifier"})
    record Finish(
            @Schema(
                    description = "`code` of the return URL",
                    examples = "pZk0c5T1sV8mYw3Qx7Rb2Nf6Gh9Jd4Kl0Ae5Uo8Ti1M",
                    pattern = CODE)
            @Nullable
            String code,

            @Schema(
                    description = "The secret whose SHA-256 is the link's `codeChallenge`",
                    examples = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
                    pattern = VERIFIER)
            @Nullable
            String codeVerifier) {}

    private final Caller caller;
    private final Finishing finishing;

    FinishResource(Caller caller, Finishing finishing) {
        this.caller = caller;
        this.finishing = finishing;
    }

    @POST
    @PermissionsAllowed("connections:write")
    @SecurityRequirement(name = "apiKey", scopes = "connections:write")
    @Operation(
            operationId = "finishConnection",
            summary = "Finish a walk that began with a code challenge",
            description = "Makes the connection, if the user's consent waits with this code and the verifier is that of"
                    + " the link's `codeChallenge`. An existing connection is untouched until then. The code works"
                    + " for ten minutes and once; the same request may be repeated meanwhile and answers the same."
                    + " Ten wrong verifiers end the code; a code that is not finished is revoked at GoTo.")
    @Extension(name = "x-problems", value = "not-connected")
    public Uni<Connection> finish(@PathParam("user") String user, @RequestBody(required = true) @Nullable Finish body) {
        String code = body == null ? null : body.code();
        String verifier = body == null ? null : body.codeVerifier();
        if (code == null || !code.matches(CODE)) {
            throw new Failure.InvalidRequest("code", "code must be the code of the return URL: 43 characters.");
        }
        if (verifier == null || !verifier.matches(VERIFIER)) {
            throw new Failure.InvalidRequest(
                    "codeVerifier",
                    "codeVerifier must have 43 to 128 characters, of letters, digits and -._~ alone (RFC 7636).");
        }
        return finishing.finish(caller.user(user), Secret.of(code), Secret.of(verifier));
    }
}
