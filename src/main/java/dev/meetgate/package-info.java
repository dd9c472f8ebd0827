/**
 * MeetGate: a gateway between a company's services and its users' GoToMeeting accounts.
 *
 * <p>Packages know only those to their right: {@code connect, meetings, raw → vault → oauth → secret}, and vault knows
 * {@code budget}; {@code caller} (who calls),
 * {@link dev.meetgate.User} and {@link dev.meetgate.Failure} (all that is expected to go wrong) are known to the features.
 */
@NullMarked
@OpenAPIDefinition(
        info = @Info(title = "MeetGate", version = "v1"),
        components =
                @Components(
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
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.jspecify.annotations.NullMarked;
