package dev.meetgate;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * An error as our API tells it (RFC 9457), with the extension members of the contract.
 *
 * <p>Registered, since no signature of a resource names it.
 *
 * @param instance names this one occurrence; where something was logged about it, the log has it too
 */
@RegisterForReflection
public record Problem(
        URI type,
        String title,
        int status,
        String detail,
        URI instance,
        String code,
        boolean retryable,
        @Nullable String field,
        @Nullable Integer gotoStatus,
        @Nullable URI connectUrl) {

    public static final String MEDIA_TYPE = "application/problem+json";

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

    RestResponse<Problem> answer(@Nullable Duration retryAfter) {
        var response = RestResponse.ResponseBuilder.<Problem>create(status)
                .entity(this)
                .type(MEDIA_TYPE);
        if (status == ProblemType.UNAUTHENTICATED.status()) {
            response.header("WWW-Authenticate", "Bearer realm=\"meetgate\"");
        }
        if (retryAfter != null) {
            response.header(
                    "Retry-After", Math.max(1, retryAfter.plusMillis(999).toSeconds()));
        }
        return response.build();
    }
}
