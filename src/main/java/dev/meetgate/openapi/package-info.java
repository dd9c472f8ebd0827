/** What operations have in common in the description of our API. The build asks it; nothing does at run time. */
@NullMarked
@OpenAPIDefinition(
        info = @Info(title = "MeetGate", version = "v1", description = """
                                Your users connect their GoToMeeting accounts once, in the browser; from then on your services call \
                                this API on their behalf and never see a GoTo token.

                                Every error is `application/problem+json` (RFC 9457), and its `code` says what happened. Besides what each \
                                operation lists, an address that is not here answers 404 `not-found`, and a method that an address \
                                does not take 405 `method-not-allowed` with `Allow`.

                                The API only grows: leave alone what you do not know, members of an answer and values in a list alike.
                                """),
        servers = @Server(url = "/", description = "Where you deployed it"),
        components =
                @Components(
                        schemas = @Schema(name = "Problem", implementation = Problem.class),
                        securitySchemes =
                                @SecurityScheme(
                                        securitySchemeName = "apiKey",
                                        type = SecuritySchemeType.HTTP,
                                        scheme = "bearer",
                                        description = "The tenant's API key")))
package dev.meetgate.openapi;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.servers.Server;
import org.jspecify.annotations.NullMarked;
import dev.meetgate.problem.Problem;
