package dev.meetgate.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.meetgate.problem.Failure;
import dev.meetgate.problem.Problem;
import dev.meetgate.problem.ProblemType;
import dev.meetgate.problem.Problems;
import io.quarkus.logging.Log;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Answers exceptions as a {@link Problem}. */
class FailureMapper {

    private static final String BODY = "body";

    private final DescribedOperations operations;

    FailureMapper(DescribedOperations operations) {
        this.operations = operations;
    }

    @ServerExceptionMapper
    RestResponse<Problem> answer(Failure failure) {
        Problem problem = Problem.of(failure);
        Throwable cause = failure.getCause();
        if (failure instanceof Failure.Unavailable) {
            log(failure, cause, problem);
        } else if (failure.type() == ProblemType.GOTO_UNAVAILABLE) {
            log(failure, cause == null ? null : cause.getClass().getSimpleName(), problem);
        }
        return problem.answer(failure.retryAfter());
    }

    private static void log(Failure failure, @Nullable Object cause, Problem problem) {
        Log.warnf(
                "%s (%s), problem %s",
                failure.getMessage(), cause == null ? "no exception" : cause, problem.instance());
    }

    @ServerExceptionMapper(UnauthorizedException.class)
    RestResponse<Problem> answerWithoutCredential() {
        return answer(new Failure.Unauthenticated());
    }

    @ServerExceptionMapper(AuthenticationFailedException.class)
    RestResponse<Problem> answerWrongCredential() {
        RestResponse<Problem> answer = answer(new Failure.Unauthenticated());
        answer.getHeaders().putSingle(HttpHeaders.WWW_AUTHENTICATE, Problem.INVALID_TOKEN);
        return answer;
    }

    @ServerExceptionMapper(ForbiddenException.class)
    RestResponse<Problem> answerWithoutRole() {
        return answer(new Failure.OperatorsOnly());
    }

    /** Answers well-formed JSON of a wrong type. The detail names the field and never the value. */
    @ServerExceptionMapper
    RestResponse<Problem> answer(MismatchedInputException mismatch) {
        if (mismatch instanceof UnrecognizedPropertyException unknown) {
            return answer(BodyMembers.unknown(unknown.getPropertyName(), unknown.getKnownPropertyIds()));
        }
        String field = field(mismatch);
        if (field.equals(BODY)) {
            return answer(new Failure.InvalidRequest(BODY, "The body must be one JSON object."));
        }
        String expected = mismatch.getTargetType() == null ? "" : ": expected " + jsonName(mismatch.getTargetType());
        return answer(
                new Failure.InvalidRequest(field, "The value of %s has the wrong type%s.".formatted(field, expected)));
    }

    /** Answers rejections by JAX-RS: unknown paths and methods, content types, malformed JSON. */
    @ServerExceptionMapper
    RestResponse<Problem> answer(WebApplicationException refused, UriInfo uri, Request request) {
        if (refused.getCause() instanceof JsonProcessingException malformed) {
            String twice = BodyMembers.duplicate(malformed);
            if (twice != null) {
                return answer(BodyMembers.occurringTwice(twice));
            }
            return answer(new Failure.InvalidRequest(BODY, "The body is malformed JSON or nested too deeply."));
        }
        int status = refused.getResponse().getStatus();
        if (status == ProblemType.METHOD_NOT_ALLOWED.status() || status == ProblemType.NOT_FOUND.status()) {
            List<String> described = operations.methods(uri.getRequestUri().getRawPath());
            List<String> methods = described.isEmpty() ? RoutedMethods.ofCurrentPath() : described;
            // JAX-RS answers 404 if another resource class matches the start of the path.
            String method = request.getMethod().equals(HttpMethod.HEAD) ? HttpMethod.GET : request.getMethod();
            if (!methods.isEmpty() && !methods.contains(method)) {
                RestResponse<Problem> answer =
                        Problems.of(ProblemType.METHOD_NOT_ALLOWED.status()).answer();
                answer.getHeaders().add(HttpHeaders.ALLOW, String.join(", ", methods));
                return answer;
            }
        }
        return Problems.of(status).answer();
    }

    @ServerExceptionMapper
    RestResponse<Problem> answer(Throwable bug, HttpServerRequest request) {
        if (bug instanceof IOException && request.response().ended()) {
            // Quarkus has answered 413 while the body was being read.
            return Problems.of(ProblemType.TOO_LARGE.status()).answer();
        }
        Problem problem = Problems.of(500);
        Log.errorf(bug, "Unexpected failure, answered as problem %s", problem.instance());
        return problem.answer();
    }

    private static String field(JsonMappingException mismatch) {
        String path = mismatch.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return path.isEmpty() ? BODY : path.startsWith(".") ? path.substring(1) : path;
    }

    private static String jsonName(Class<?> type) {
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Iterable.class.isAssignableFrom(type)) {
            return "an array";
        }
        return CharSequence.class.isAssignableFrom(type) ? "a string" : "an object";
    }
}
