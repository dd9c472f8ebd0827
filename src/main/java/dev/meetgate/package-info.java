/**
 * MeetGate: a gateway between a company's services and its users' GoToMeeting accounts.
 *
 * <p>Packages know only those to their right: {@code connect, meetings, raw → vault → oauth → secret}, and vault knows
 * {@code budget}; {@code caller} (who calls),
 * {@link dev.meetgate.User} and {@link dev.meetgate.Failure} (all that is expected to go wrong) are known to the features.
 */
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
package dev.meetgate;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.servers.Server;
import org.jspecify.annotations.NullMarked;
