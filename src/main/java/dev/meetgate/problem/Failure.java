package dev.meetgate.problem;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is expected to go wrong. Anything else is a bug and answers 500.
 *
 * <p>Messages are sentences for the caller. A status code is the most that they carry of what GoTo said.
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

    /** As its type says, unless this occurrence differs; so is {@link #isRetryable}. */
    int httpStatus() {
        return type.status();
    }

    boolean isRetryable() {
        return type.retryable();
    }

    /** No, an unknown or an expired credential. */
    public static final class Unauthenticated extends Failure {
        public Unauthenticated() {
            super(ProblemType.UNAUTHENTICATED, "Send a valid credential as Authorization: Bearer <api key>.");
        }
    }

    /** A bad value. Nothing was changed. */
    public static final class InvalidRequest extends Failure {
        private final String field;

        public InvalidRequest(String field, String message) {
            super(ProblemType.INVALID_REQUEST, message);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    /** This user has no connection. */
    public static final class NotConnected extends Failure {
        public NotConnected() {
            super(ProblemType.NOT_CONNECTED, "This user has not connected a GoTo account.");
        }
    }

    /** GoTo no longer honours the connection; the user must go through consent again. */
    public static final class ReconnectRequired extends Failure {
        public ReconnectRequired() {
            super(
                    ProblemType.RECONNECT_REQUIRED,
                    "GoTo no longer honours this connection; the user must connect again.");
        }
    }

    /** GoTo knows no such meeting of this user. */
    public static final class MeetingNotFound extends Failure {
        public MeetingNotFound() {
            super(ProblemType.MEETING_NOT_FOUND, "GoTo knows no such meeting of this user.");
        }
    }

    /** GoTo knows nothing of that name: an organizer, a group, a session. */
    public static final class UnknownAtGoTo extends Failure {
        public UnknownAtGoTo(String kind) {
            super(ProblemType.NOT_FOUND, "GoTo knows no such %s.".formatted(kind));
        }
    }

    /** The meeting is not, or no longer, the one that {@code If-Match} names. */
    public static final class PreconditionFailed extends Failure {
        public PreconditionFailed() {
            super(
                    ProblemType.PRECONDITION_FAILED,
                    "The meeting has changed since it was read; read it again. Nothing was changed.");
        }
    }

    /** GoTo understood the request and refused its values. */
    public static final class RejectedByGoTo extends Failure {
        private final int status;

        public RejectedByGoTo(int status) {
            super(ProblemType.REJECTED_BY_GOTO, "GoTo refused these values (status %d).".formatted(status));
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** The user's GoTo account may not do this: its licence, its role or the granted scope. */
    public static final class ForbiddenByGoTo extends Failure {
        private final int status;

        public ForbiddenByGoTo(int status) {
            super(
                    ProblemType.FORBIDDEN_BY_GOTO,
                    "This GoTo account may not do this: its licence, role or granted scope (status %d)."
                            .formatted(status));
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** GoTo's budget is spent. */
    public static final class RateLimited extends Failure {
        private final Duration retryAfter;

        public RateLimited(Duration retryAfter) {
            super(ProblemType.RATE_LIMITED, "GoTo takes no more requests at the moment.");
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** GoTo is down, slow or talks nonsense. Connections stay as they are. */
    public static final class GoToUnavailable extends Failure {

        /** What {@code Retry-After} says when GoTo said nothing. */
        public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

        private enum Evidence {
            NOT_EXECUTED,
            NO_ANSWER,
            ANSWERED
        }

        private final Evidence evidence;

        public GoToUnavailable(String message) {
            this(message, null);
        }

        public GoToUnavailable(String message, @Nullable Throwable cause) {
            this(message, cause, Evidence.NO_ANSWER);
        }

        private GoToUnavailable(String message, @Nullable Throwable cause, Evidence evidence) {
            super(ProblemType.GOTO_UNAVAILABLE, message);
            this.evidence = evidence;
            initCause(cause);
        }

        /** GoTo certainly executed nothing. */
        public static GoToUnavailable notExecuted(String message) {
            return new GoToUnavailable(message, null, Evidence.NOT_EXECUTED);
        }

        /** GoTo itself has answered, though nothing of use. */
        public static GoToUnavailable answered(String message) {
            return answered(message, null);
        }

        public static GoToUnavailable answered(String message, @Nullable Throwable cause) {
            return new GoToUnavailable(message, cause, Evidence.ANSWERED);
        }

        /** Whether GoTo may have executed the request all the same. */
        public boolean mayBeExecuted() {
            return evidence != Evidence.NOT_EXECUTED;
        }

        /** Whether it proves that GoTo is there: what GoTo cannot do for one account, it may do for the others. */
        public boolean isAnswer() {
            return evidence == Evidence.ANSWERED;
        }
    }

    /** MeetGate itself cannot answer for the moment: its database is away, or it is about to stop. */
    public static final class Unavailable extends Failure {

        public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

        public Unavailable(String message) {
            this(message, null);
        }

        public Unavailable(String message, @Nullable Throwable cause) {
            super(ProblemType.UNAVAILABLE, message);
            initCause(cause);
        }
    }

    /** GoTo may have done it, or not: no answer came that says so. Done again, it may be done twice. */
    public static final class OutcomeUnknown extends Failure {
        public OutcomeUnknown(Throwable cause) {
            super(
                    ProblemType.GOTO_UNAVAILABLE,
                    "The answer was lost, and GoTo may have done this or not: look before you send it again."
                            + " Creating a meeting with an Idempotency-Key can be sent again.");
            initCause(cause);
        }

        @Override
        boolean isRetryable() {
            return false;
        }
    }

    /** The Idempotency-Key is taken: by the same request, which is under way, or by another one for good. */
    public static final class IdempotencyConflict extends Failure {
        private final boolean underWay;

        private IdempotencyConflict(boolean underWay, String message) {
            super(ProblemType.IDEMPOTENCY_CONFLICT, message);
            this.underWay = underWay;
        }

        public static IdempotencyConflict underWay() {
            return new IdempotencyConflict(
                    true, "The request with this Idempotency-Key is under way, or its outcome not yet known.");
        }

        public static IdempotencyConflict ofBodies() {
            return new IdempotencyConflict(false, "This Idempotency-Key was sent with another body before.");
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

    /** The callback's {@code state} is unknown, used, expired, or another browser's. */
    public static final class UnknownCallback extends Failure {
        public UnknownCallback() {
            super(ProblemType.UNKNOWN_CALLBACK, "This attempt to connect is unknown, used or expired.");
        }
    }
}
