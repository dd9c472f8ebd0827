package dev.meetgate.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.meetgate.problem.Failure;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Sorts what GoTo's API answers besides success, once, into failures of ours. Nothing of the answer's text goes into them. */
class GoToErrors implements ResponseExceptionMapper<RuntimeException> {

    private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    /** GoTo has several ways to say the same in an error's body. */
    private static final List<String> CODE_MEMBERS = List.of("int_err_code", "errorCode", "err", "error", "code");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public boolean handles(int status, MultivaluedMap<String, Object> headers) {
        // Also asked, with 0, about a call that was not sent.
        return status >= 300;
    }

    @Override
    public RuntimeException toThrowable(Response response) {
        return of(response.getStatus(), response::getHeaderString, () -> response.readEntity(String.class));
    }

    /**
     * What an answer that is not a success means.
     *
     * @param headers the answer's headers by name
     * @param body asked for only where the rest does not say it
     */
    static RuntimeException of(
            int status, Function<String, @Nullable String> headers, Supplier<@Nullable String> body) {
        if (rejectsToken(status, headers.apply(HttpHeaders.WWW_AUTHENTICATE), body)) {
            return new TokenRejected(status);
        }
        return switch (status) {
            case 403, 412 -> new Failure.ForbiddenByGoTo(status);
            case 404 -> new Failure.MeetingNotFound();
            case 429 -> new Throttled(retryAfter(headers.apply(HttpHeaders.RETRY_AFTER), Instant.now()));
            // From whoever stands before GoTo and does not reach it, or from GoTo when it is closed.
            case 408, 502, 503, 504 -> new Failure.GoToUnavailable(message(status));
            default ->
                status >= 400 && status < 500
                        ? new Failure.RejectedByGoTo(status)
                        : Failure.GoToUnavailable.answered(message(status));
        };
    }

    private static String message(int status) {
        return "GoTo answered %d.".formatted(status);
    }

    /** An expired token answers 401 or, against RFC 6750 §3.1, 403 with a code of GoTo's own. */
    private static boolean rejectsToken(int status, @Nullable String challenge, Supplier<@Nullable String> body) {
        if (status == 401 || (challenge != null && challenge.contains("invalid_token"))) {
            return true;
        }
        return status == 403 && "InvalidToken".equals(code(body.get()));
    }

    private static @Nullable String code(@Nullable String body) {
        try {
            JsonNode error = JSON.readTree(body == null ? "" : body);
            return CODE_MEMBERS.stream()
                    .map(error::path)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .findFirst()
                    .orElse(null);
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    private static Duration retryAfter(@Nullable String value, Instant now) {
        if (value == null) {
            return DEFAULT_RETRY_AFTER;
        }
        Duration wait = value.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : until(value, now);
        if (wait.isNegative()) {
            return DEFAULT_RETRY_AFTER;
        }
        return wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait;
    }

    private static Duration until(String httpDate, Instant now) {
        try {
            var at = ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(now, at);
        } catch (DateTimeParseException unreadable) {
            return DEFAULT_RETRY_AFTER;
        }
    }
}
