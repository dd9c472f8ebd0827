package dev.meetgate.gotoapi;

import dev.meetgate.http.RetryAfter;
import dev.meetgate.problem.Failure;
import dev.meetgate.vault.AccessToken;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Converts error answers of GoTo's API to failures, without any text of the answer. */
class GoToErrors implements ResponseExceptionMapper<RuntimeException> {

    static final int TOO_MANY_REQUESTS = 429;

    private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    /** GoTo rejected the access token and did not execute the request. */
    static final class TokenRejected extends RuntimeException {

        private final int status;
        private final transient @Nullable AccessToken refreshed;

        TokenRejected(int status, @Nullable AccessToken refreshed) {
            super("GoTo rejected the access token (status %d)".formatted(status));
            this.status = status;
            this.refreshed = refreshed;
        }

        /** The token to try next; absent where a refresh does not help. */
        @Nullable
        AccessToken refreshed() {
            return refreshed;
        }

        int status() {
            return status;
        }
    }

    /** GoTo rejected the request with 429 and did not execute it. */
    static final class Throttled extends RuntimeException {

        private final Duration retryAfter;

        private Throttled(Duration retryAfter) {
            super("GoTo accepts no requests for " + retryAfter);
            this.retryAfter = retryAfter;
        }

        /** Reads the header {@code Retry-After}: seconds or a date (RFC 9110 §10.2.3). */
        static Throttled of(@Nullable String retryAfter, Instant now) {
            return new Throttled(GoToErrors.retryAfter(retryAfter, now));
        }

        Duration retryAfter() {
            return retryAfter;
        }
    }

    @Override
    public boolean handles(int status, MultivaluedMap<String, Object> headers) {
        // The status is 0 for a request that was not sent. Redirects could lead anywhere.
        return status >= 300;
    }

    @Override
    public RuntimeException toThrowable(Response response) {
        return of(response.getStatus());
    }

    /** The failure for a status. The filters have handled rejected tokens and 429 before. */
    static Failure of(int status) {
        return switch (status) {
            case 403, 412 -> new Failure.ForbiddenByGoTo(status);
            case 404 -> new Failure.MeetingNotFound();
            // From a proxy, or from GoTo during maintenance.
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

    /** GoTo answers an expired token with 401 or, against RFC 6750 §3.1, with 403 and its own code. */
    static boolean rejectsToken(int status, @Nullable String challenge, GoToWords words) {
        if (status != 403) {
            return status == 401;
        }
        return (challenge != null && challenge.contains("invalid_token"))
                || GoToWords.INVALID_TOKEN.equals(words.code());
    }

    private static Duration retryAfter(@Nullable String value, Instant now) {
        Duration wait = RetryAfter.of(value, now);
        if (wait == null) {
            return DEFAULT_RETRY_AFTER;
        }
        return wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait;
    }
}
