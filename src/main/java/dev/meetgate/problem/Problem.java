package dev.meetgate.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * An error as our API tells it (RFC 9457), with the extension members of the contract.
 *
 * <p>Registered, since no signature of a resource names it.
 */
@RegisterForReflection
@Schema(
        description = "What went wrong (RFC 9457)",
        requiredProperties = {"type", "title", "status", "detail", "instance", "code", "retryable"})
public record Problem(
        @Schema(description = "Names the problem; `urn:meetgate:problem:` and the code")
        URI type,

        @Schema(description = "What it is, in a few words that never change")
        String title,

        @Schema(description = "The HTTP status", minimum = "400", maximum = "599")
        int status,

        @Schema(description = "What it is this time, for people")
        String detail,

        @Schema(description = "Names this one occurrence; where something was logged about it, the log has it too")
        URI instance,

        @Schema(description = "What it is, for programs. More values may come", pattern = "^[a-z]+(-[a-z]+)*$")
        String code,

        @Schema(description = "Whether the same request may succeed later, with nothing changed")
        boolean retryable,

        @Schema(description = "Where the bad value stands: a parameter or a member of the body") @Nullable
        String field,

        @Schema(description = "The HTTP status that GoTo answered") @Nullable
        Integer gotoStatus,

        @Schema(description = "The way out: where to send the user's browser to connect again") @Nullable
        URI connectUrl) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** What a 401 asks for (RFC 6750 §3). */
    public static final String CHALLENGE = "Bearer realm=\"meetgate\"";

    static Problem of(ProblemType type, String detail) {
        return of(type, type.status(), type.retryable(), detail);
    }

    private static Problem of(ProblemType type, int status, boolean retryable, String detail) {
        var instance = URI.create("urn:uuid:" + UUID.randomUUID());
        return new Problem(
                type.type(), type.title(), status, detail, instance, type.code(), retryable, null, null, null);
    }

    public static Problem of(Failure failure) {
        Problem problem =
                of(failure.type(), failure.httpStatus(), failure.isRetryable(), String.valueOf(failure.getMessage()));
        if (failure instanceof Failure.InvalidRequest invalid) {
            return problem.with(invalid.field(), null, null);
        }
        if (failure instanceof Failure.RejectedByGoTo rejected) {
            return problem.with(null, rejected.status(), null);
        }
        if (failure instanceof Failure.UnknownAtGoTo) {
            return problem.with(null, 404, null);
        }
        if (failure instanceof Failure.ForbiddenByGoTo forbidden) {
            return problem.with(null, forbidden.status(), null);
        }
        return problem;
    }

    /** The same problem with the way out of it: a link for the user's browser. */
    public Problem withConnectUrl(URI connectUrl) {
        return with(field, gotoStatus, connectUrl);
    }

    private Problem with(@Nullable String field, @Nullable Integer gotoStatus, @Nullable URI connectUrl) {
        return new Problem(type, title, status, detail, instance, code, retryable, field, gotoStatus, connectUrl);
    }

    /** The answer that is this problem. */
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
        if (retryAfter != null) {
            response.header(
                    "Retry-After", Math.max(1, retryAfter.plusMillis(999).toSeconds()));
        }
        return response.build();
    }
}
