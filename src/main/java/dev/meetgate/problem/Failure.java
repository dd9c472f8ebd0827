package dev.meetgate.problem;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An expected failure. Any other exception is a bug and answers 500.
 *
 * <p>The message is for the caller. Of GoTo's answer it contains the status at most.
 */
public abstract sealed class Failure extends RuntimeException {

    private final ProblemType type;

    private Failure(ProblemType type, String message) {
        super(message);
        this.type = type;
    }

    public ProblemType type() {
        return type;
    }

    /** The status of the type by default, like {@link #isRetryable}. */
    int httpStatus() {
        return type.status();
    }

    boolean isRetryable() {
        return type.retryable();
    }

    /** When the request may succeed; null if waiting does not help. */
    public @Nullable Duration retryAfter() {
        return null;
    }

    /** The parameter or member of the body that is invalid, if it is one of them. */
    public @Nullable String field() {
        return null;
    }

    /** The status of GoTo's answer, if GoTo caused the failure. */
    public @Nullable Integer gotoStatus() {
        return null;
    }

    /** GoTo's own error code, if GoTo's answer had one. */
    public @Nullable String gotoCode() {
        return null;
    }

    /** The scope that the credential lacks, if that is the failure. */
    public @Nullable String scope() {
        return null;
    }

    /** The credential is missing, unknown or expired. */
    public static final class Unauthenticated extends Failure {
        public Unauthenticated() {
            super(
                    ProblemType.UNAUTHENTICATED,
                    "Send a valid API key or JWT in the header Authorization: Bearer <api key or JWT>.");
        }
    }

    /** The credential is known, but lacks the scope for this operation. */
    public static final class Forbidden extends Failure {
        private final String scope;

        public Forbidden(String scope) {
            super(ProblemType.FORBIDDEN, "The credential lacks the scope %s.".formatted(scope));
            this.scope = scope;
        }

        @Override
        public String scope() {
            return scope;
        }
    }

    /** The token is tied to one user, and the request is not about that user. */
    public static final class OtherUser extends Failure {
        public OtherUser() {
            super(
                    ProblemType.FORBIDDEN,
                    "This token is valid for one user only. Call the paths of that user, or use another token.");
        }
    }

    /** A console's action by somebody who is not signed in to it. */
    public static final class OperatorsOnly extends Failure {
        public OperatorsOnly() {
            super(ProblemType.FORBIDDEN, "Only an operator who is signed in to the console may do this.");
        }
    }

    /** A form that does not come from a page of its session. */
    public static final class ForeignForm extends Failure {
        public ForeignForm() {
            super(ProblemType.FORBIDDEN, "The form is not from a page of this session. Reload the page and try again.");
        }
    }

    /** The keys of a token's issuer are not known, and the issuer does not give them. */
    public static final class IssuerUnavailable extends Failure {
        private final Duration retryAfter;

        public IssuerUnavailable(Duration retryAfter) {
            super(
                    ProblemType.ISSUER_UNAVAILABLE,
                    "MeetGate cannot fetch the keys of the token's issuer. Try again later, or use an API key.");
            this.retryAfter = retryAfter;
        }

        @Override
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** A bad value. Nothing was changed. */
    public static final class InvalidRequest extends Failure {
        private final String field;

        public InvalidRequest(String field, String message) {
            super(ProblemType.INVALID_REQUEST, message);
            this.field = field;
        }

        @Override
        public String field() {
            return field;
        }
    }

    /** This user has no connection. */
    public static final class NotConnected extends Failure {
        public NotConnected() {
            super(
                    ProblemType.NOT_CONNECTED,
                    "This user has no connection to a GoTo account. Create a connect link first.");
        }
    }

    /** GoTo no longer accepts the connection. The user must consent again. */
    public static final class ReconnectRequired extends Failure {
        public ReconnectRequired() {
            super(
                    ProblemType.RECONNECT_REQUIRED,
                    "GoTo no longer accepts this connection. The user must connect again at connectUrl.");
        }
    }

    /** GoTo does not know this meeting of the user. */
    public static final class MeetingNotFound extends Failure {
        public MeetingNotFound() {
            super(ProblemType.MEETING_NOT_FOUND, "GoTo does not know this meeting of the user.");
        }
    }

    /** GoTo does not know the organizer, group, session or path. */
    public static final class UnknownAtGoTo extends Failure {
        public UnknownAtGoTo(String kind) {
            super(ProblemType.NOT_FOUND, "GoTo does not know this %s.".formatted(kind));
        }

        @Override
        public Integer gotoStatus() {
            return 404;
        }
    }

    /** The meeting is not in the state that {@code If-Match} names. */
    public static final class PreconditionFailed extends Failure {
        public PreconditionFailed() {
            super(
                    ProblemType.PRECONDITION_FAILED,
                    "The meeting is not in the state that the condition requires. Nothing was changed; read the"
                            + " meeting again.");
        }
    }

    /** GoTo rejected the values of the request. */
    public static final class RejectedByGoTo extends Failure {
        private final int status;
        private final @Nullable String gotoCode;
        private final @Nullable String member;
        private final @Nullable String field;

        public RejectedByGoTo(int status) {
            this(status, null, null);
        }

        /** @param member the member of GoTo's request that GoTo rejects, by GoTo's name */
        public RejectedByGoTo(int status, @Nullable String gotoCode, @Nullable String member) {
            this(status, gotoCode, member, null);
        }

        private RejectedByGoTo(int status, @Nullable String gotoCode, @Nullable String member, @Nullable String field) {
            super(
                    ProblemType.REJECTED_BY_GOTO,
                    "GoTo rejected the values of the request (status %d).".formatted(status));
            this.status = status;
            this.gotoCode = gotoCode;
            this.member = member;
            this.field = field;
        }

        /** The same rejection, with the caller's name of the rejected member. */
        public RejectedByGoTo naming(@Nullable String callersField) {
            return new RejectedByGoTo(status, gotoCode, member, callersField);
        }

        @Override
        public Integer gotoStatus() {
            return status;
        }

        @Override
        public @Nullable String gotoCode() {
            return gotoCode;
        }

        public @Nullable String member() {
            return member;
        }

        @Override
        public @Nullable String field() {
            return field;
        }
    }

    /** The licence, the role or the granted scopes of the GoTo account do not allow the request. */
    public static final class ForbiddenByGoTo extends Failure {
        private final int status;
        private final @Nullable String gotoCode;

        public ForbiddenByGoTo(int status) {
            this(status, null);
        }

        public ForbiddenByGoTo(int status, @Nullable String gotoCode) {
            super(
                    ProblemType.FORBIDDEN_BY_GOTO,
                    "The user's GoTo account may not do this (status %d). Check its licence, role and scopes."
                            .formatted(status));
            this.status = status;
            this.gotoCode = gotoCode;
        }

        @Override
        public @Nullable String gotoCode() {
            return gotoCode;
        }

        @Override
        public Integer gotoStatus() {
            return status;
        }
    }

    /** No request to GoTo is left within the caller's deadline. */
    public static final class RateLimited extends Failure {
        private final Duration retryAfter;

        public RateLimited(Duration retryAfter) {
            super(
                    ProblemType.RATE_LIMITED,
                    "The request limit of GoTo is reached. Try again after the time in Retry-After.");
            this.retryAfter = retryAfter;
        }

        @Override
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The caller's address sent too many wrong credentials. */
    public static final class TooManyAttempts extends Failure {
        private final Duration retryAfter;

        public TooManyAttempts(Duration retryAfter) {
            super(
                    ProblemType.TOO_MANY_ATTEMPTS,
                    "Too many wrong credentials came from this address. Correct the credential, and try again after the"
                            + " time in Retry-After.");
            this.retryAfter = retryAfter;
        }

        @Override
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** GoTo is down, slow, or its answer is unusable. Connections stay as they are. */
    public static final class GoToUnavailable extends Failure {

        /** {@code Retry-After} where GoTo sent none. */
        public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

        private enum Evidence {
            NOT_EXECUTED,
            CLIENT_REFUSED,
            NO_ANSWER,
            ANSWERED
        }

        private final Evidence evidence;
        private final @Nullable Duration rest;

        public GoToUnavailable(String message) {
            this(message, null);
        }

        public GoToUnavailable(String message, @Nullable Throwable cause) {
            this(message, cause, Evidence.NO_ANSWER);
        }

        private GoToUnavailable(String message, @Nullable Throwable cause, Evidence evidence) {
            this(message, cause, evidence, null);
        }

        private GoToUnavailable(String message, @Nullable Throwable cause, Evidence evidence, @Nullable Duration rest) {
            super(ProblemType.GOTO_UNAVAILABLE, message);
            this.evidence = evidence;
            this.rest = rest;
            initCause(cause);
        }

        /** GoTo certainly executed nothing. */
        public static GoToUnavailable notExecuted(String message) {
            return new GoToUnavailable(message, null, Evidence.NOT_EXECUTED);
        }

        /** GoTo executed nothing, because it does not accept MeetGate's own credentials. */
        public static GoToUnavailable clientRefused(String message) {
            return new GoToUnavailable(message, null, Evidence.CLIENT_REFUSED);
        }

        public boolean isClientRefused() {
            return evidence == Evidence.CLIENT_REFUSED;
        }

        /** The same failure of a server that wants no request for this time. */
        public GoToUnavailable resting(Duration time) {
            return new GoToUnavailable(String.valueOf(getMessage()), getCause(), evidence, time);
        }

        /** Whether the server wants no request for some time. */
        public boolean isResting() {
            return rest != null;
        }

        @Override
        public Duration retryAfter() {
            return rest == null ? RETRY_AFTER : rest;
        }

        /** GoTo answered, but not with a usable answer. */
        public static GoToUnavailable answered(String message) {
            return answered(message, null);
        }

        public static GoToUnavailable answered(String message, @Nullable Throwable cause) {
            return new GoToUnavailable(message, cause, Evidence.ANSWERED);
        }

        /** Whether GoTo may have executed the request. */
        public boolean mayBeExecuted() {
            return evidence == Evidence.NO_ANSWER || evidence == Evidence.ANSWERED;
        }

        /** Whether GoTo answered: its other accounts may work. */
        public boolean isAnswer() {
            return evidence == Evidence.ANSWERED;
        }
    }

    /** MeetGate's database is not available, or the replica is stopping. */
    public static final class Unavailable extends Failure {

        public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

        private final Duration retryAfter;

        public static Unavailable ofDatabase() {
            return new Unavailable("MeetGate's database does not answer.");
        }

        public static Unavailable ofAudit(Throwable cause) {
            return new Unavailable("MeetGate cannot write its audit.", cause);
        }

        public static Unavailable whileStopping() {
            return new Unavailable("This replica of MeetGate is stopping. Send the request again.");
        }

        public Unavailable(String message) {
            this(message, RETRY_AFTER, null);
        }

        public Unavailable(String message, @Nullable Throwable cause) {
            this(message, RETRY_AFTER, cause);
        }

        public Unavailable(String message, Duration retryAfter) {
            this(message, retryAfter, null);
        }

        private Unavailable(String message, Duration retryAfter, @Nullable Throwable cause) {
            super(ProblemType.UNAVAILABLE, message);
            this.retryAfter = retryAfter;
            initCause(cause);
        }

        @Override
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** GoTo's answer was lost: a request that is sent again may be executed twice. */
    public static final class OutcomeUnknown extends Failure {
        public OutcomeUnknown(Throwable cause) {
            super(
                    ProblemType.GOTO_UNAVAILABLE,
                    "The answer of GoTo was lost. GoTo may have executed the request: check before you send it again."
                            + " To create a meeting safely, send an Idempotency-Key.");
            initCause(cause);
        }

        @Override
        boolean isRetryable() {
            return false;
        }

        @Override
        public Duration retryAfter() {
            return GoToUnavailable.RETRY_AFTER;
        }
    }

    /** The Idempotency-Key is in use by a request that is in progress or has another body. */
    public static final class IdempotencyConflict extends Failure {
        private final boolean underWay;

        private IdempotencyConflict(boolean underWay, String message) {
            super(ProblemType.IDEMPOTENCY_CONFLICT, message);
            this.underWay = underWay;
        }

        public static IdempotencyConflict underWay() {
            return new IdempotencyConflict(
                    true, "A request with this Idempotency-Key is in progress, or its outcome is not known yet.");
        }

        public static IdempotencyConflict ofBodies() {
            return new IdempotencyConflict(false, "This Idempotency-Key was already used with another body.");
        }

        @Override
        int httpStatus() {
            return underWay ? super.httpStatus() : 422;
        }

        @Override
        boolean isRetryable() {
            return underWay;
        }
    }

    /** The tenant has no webhook in the settings, or no such event. */
    public static final class UnknownToWebhook extends Failure {
        private UnknownToWebhook(String message) {
            super(ProblemType.NOT_FOUND, message);
        }

        public static UnknownToWebhook noWebhook() {
            return new UnknownToWebhook("The tenant has no webhook. The operator of MeetGate sets it up.");
        }

        public static UnknownToWebhook noEvent() {
            return new UnknownToWebhook("No event with this id is stored.");
        }
    }

    /** No such connect link, or one whose end is more than a day ago. */
    public static final class UnknownLink extends Failure {
        public UnknownLink() {
            super(ProblemType.NOT_FOUND, "There is no such connect link. Links are forgotten a day after their end.");
        }
    }

    /** A bound keeps links from piling up where nobody uses them. */
    public static final class TooManyConnectLinks extends Failure {

        private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

        public TooManyConnectLinks(int mostOfUser, int mostOfTenant) {
            super(
                    ProblemType.TOO_MANY_CONNECT_LINKS,
                    "Too many connect links are valid: at most %d of a user and %d of a tenant. Send the user to one of"
                                    .formatted(mostOfUser, mostOfTenant)
                            + " them, or try again when some have expired.");
        }

        @Override
        public Duration retryAfter() {
            return RETRY_AFTER;
        }
    }

    /** The {@code state} of the callback is unknown, used, expired, or belongs to another browser. */
    public static final class UnknownCallback extends Failure {
        public UnknownCallback() {
            super(ProblemType.UNKNOWN_CALLBACK, "This attempt to connect is unknown, already used or expired.");
        }
    }
}
