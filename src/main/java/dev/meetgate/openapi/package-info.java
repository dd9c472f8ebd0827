/**
 * Completes the OpenAPI document at build time with problems, headers and parameters.
 *
 * <p>A resource that calls GoTo names its problems: {@code @Extension(name = "x-problems", value = "not-found
 * goto-unavailable")} on the class, or on a method instead.
 */
@NullMarked
@OpenAPIDefinition(
        info =
                @Info(
                        title = "MeetGate",
                        version = "v1",
                        description = """
                                MeetGate is a gateway to GoToMeeting. Your users connect their GoTo accounts once, in the browser. Then \
                                your services call this API on their behalf, and never see a GoTo token.

                                **To begin**, create a connect link for a user and open it in the user's browser. Once the user has agreed, \
                                call the other operations with the same user id. When GoTo no longer accepts the connection, they answer 409 \
                                `reconnect-required` with a `connectUrl`: open that URL in the user's browser.

                                **Requests to GoTo** share one budget, because GoTo limits the requests in a second. A call waits for its turn. \
                                If that takes longer than its `Request-Timeout`, the answer is 429 `rate-limited`.

                                **Compatibility**: the API only grows. Ignore members and values that you do not know. In your own \
                                bodies, a member that the operation does not know, or that occurs twice, is an error.

                                **Errors** are `application/problem+json` (RFC 9457). Their `code` is for programs, their `detail` for people. \
                                Each operation lists its own. In addition, an unknown path answers 404 `not-found`, and a path without the \
                                requested method answers 405 `method-not-allowed` with the header `Allow`.
                                """,
                        contact = @Contact(name = "The operator of your MeetGate"),
                        license = @License(name = "Apache License 2.0", identifier = "Apache-2.0")),
        servers = @Server(url = "/", description = "Your MeetGate"),
        components =
                @Components(
                        schemas = @Schema(name = "Problem", implementation = Problem.class),
                        securitySchemes = {
                            @SecurityScheme(
                                    securitySchemeName = "apiKey",
                                    type = SecuritySchemeType.HTTP,
                                    scheme = "bearer",
                                    description =
                                            "An API key of the tenant. Each operation names the scope that the key must have"),
                            @SecurityScheme(
                                    securitySchemeName = "jwt",
                                    type = SecuritySchemeType.HTTP,
                                    scheme = "bearer",
                                    bearerFormat = "JWT",
                                    description =
                                            "An access token (RFC 9068 or a plain RFC 7519 one) of an issuer that the operator has set"),
                            @SecurityScheme(
                                    securitySchemeName = "clientCertificate",
                                    type = SecuritySchemeType.MUTUALTLS,
                                    description = "A client certificate that the operator has set")
                        }))
package dev.meetgate.openapi;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Contact;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.servers.Server;
import org.jspecify.annotations.NullMarked;
import dev.meetgate.problem.Problem;
