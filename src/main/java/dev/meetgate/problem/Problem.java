package dev.meetgate.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error answer (RFC 9457), with extension members.
 *
 * <p>Registered for reflection because no resource's signature names it.
 */
@RegisterForReflection
@Schema(
        description = "An error (RFC 9457)",
        requiredProperties = {"type", "title", "status", "detail", "instance", "code", "retryable"})
public record Problem(
        @Schema(description = "Type of the problem: `urn:meetgate:problem:` and the code")
        URI type,

        @Schema(description = "Short name of the type, for people")
        String title,

        @Schema(description = "HTTP status", minimum = "400", maximum = "599")
        int status,

        @Schema(description = "Explanation of this occurrence, for people")
        String detail,

        @Schema(
                description =
                        "Id of this occurrence, with the `X-Request-Id` of the request. MeetGate's log uses the same id")
        URI instance,

        @Schema(description = "Name of the type, for programs. New values may be added", pattern = "^[a-z]+(-[a-z]+)*$")
        String code,

        @Schema(description = "Whether the same request may succeed later")
        boolean retryable,

        @Schema(description = "Parameter or member of the body that is invalid") @Nullable
        String field,

        @Schema(description = "HTTP status of GoTo's answer") @Nullable
        Integer gotoStatus,

        @Schema(description = "GoTo's own error code, where MeetGate knows it", examples = "RequestValidationError")
        @Nullable
        String gotoCode,

        @Schema(description = "URL where the user connects again. Open it in the user's browser") @Nullable
        URI connectUrl,

        @Schema(description = "Scope that the credential lacks") @Nullable
        String scope) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static final String CHALLENGE = "Bearer realm=\"meetgate\"";

    /** RFC 6750 §3.1. A request without a credential gets no error code. */
    public static final String INVALID_TOKEN = CHALLENGE + ", error=\"invalid_token\"";

    private static final String INSUFFICIENT_SCOPE = CHALLENGE + ", error=\"insufficient_scope\", scope=\"%s\"";

    static Problem of(ProblemType type, String detail) {
        return new Problem(
                type.type(),
                type.title(),
                type.status(),
                detail,
                RequestId.instance(),
                type.code(),
                type.retryable(),
                null,
                null,
                null,
                null,
                null);
    }

    public static Problem of(Failure failure) {
        ProblemType type = failure.type();
        return new Problem(
                type.type(),
                type.title(),
                failure.httpStatus(),
                String.valueOf(failure.getMessage()),
                RequestId.instance(),
                type.code(),
                failure.isRetryable(),
                failure.field(),
                failure.gotoStatus(),
                failure.gotoCode(),
                null,
                failure.scope());
    }

    /** The same problem with another explanation. */
    public Problem withDetail(String explanation) {
        return with(explanation, connectUrl);
    }

    /** The same problem with the URL where the user connects again. */
    public Problem withConnectUrl(URI url) {
        return with(detail, url);
    }

    private Problem with(String explanation, @Nullable URI url) {
        return new Problem(
                type, title, status, explanation, instance, code, retryable, field, gotoStatus, gotoCode, url, scope);
    }

    /** GoTo's status and code in words, or null where GoTo answered nothing. */
    public @Nullable String atGoTo() {
        if (gotoStatus == null) {
            return null;
        }
        return gotoCode == null ? "status " + gotoStatus : "status %d, %s".formatted(gotoStatus, gotoCode);
    }

    public RestResponse<Problem> answer() {
        return answer(null);
    }

    public RestResponse<Problem> answer(@Nullable Duration retryAfter) {
        var response = RestResponse.ResponseBuilder.<Problem>create(status)
                .entity(this)
                .type(MEDIA_TYPE);
        if (status == ProblemType.UNAUTHENTICATED.status()) {
            response.header("WWW-Authenticate", CHALLENGE);
        }
        if (scope != null) {
            response.header("WWW-Authenticate", INSUFFICIENT_SCOPE.formatted(scope));
        }
        if (retryAfter != null) {
            response.header(
                    "Retry-After", Math.max(1, retryAfter.plusMillis(999).toSeconds()));
        }
        return response.build();
    }
}
