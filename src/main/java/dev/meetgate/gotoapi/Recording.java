package dev.meetgate.gotoapi;

import dev.meetgate.audit.Audit;
import dev.meetgate.audit.Outcome;
import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * Completes the audit's entry of a call when its last {@link Attempt} knows the outcome. If GoTo is still at
 * work when the deadline comes or the caller leaves, GoTo's answer completes the entry.
 *
 * <p>The attempt holds its lock while it calls a method.
 */
final class Recording {

    private final Attempt attempt;

    /** Whether GoTo may have executed an earlier attempt of the call. */
    private final boolean isAfterOneThatMayBeExecuted;

    private boolean ended;
    private boolean succeeded;
    private Audit.@Nullable Entry waiting;

    Recording(Attempt attempt, boolean isAfterOneThatMayBeExecuted) {
        this.attempt = attempt;
        this.isAfterOneThatMayBeExecuted = isAfterOneThatMayBeExecuted;
    }

    /** The attempt has ended, perhaps after its call. */
    void attemptEnded(boolean success, @Nullable Throwable failure) {
        ended = true;
        succeeded = success;
        if (waiting != null) {
            end(waiting, failure).subscribe().with(recorded -> {});
        }
    }

    /** The call has ended. At its deadline the outcome may be unknown until GoTo answers. */
    Uni<Void> end(Audit.Entry entry, @Nullable Throwable failure) {
        if (isAtWork()) {
            waiting = entry;
        }
        // The deadline may have come while the answer was on its way to the caller.
        if (failure == null || succeeded) {
            return entry.end(Outcome.SUCCESS, null);
        }
        return entry.end(
                outcome(failure),
                failure instanceof Failure known ? known.type().code() : null);
    }

    /** The caller has left. Without an answer of GoTo, the outcome is unknown, unless nothing was sent. */
    void abandon(Audit.Entry entry) {
        if (isAtWork()) {
            waiting = entry;
        } else if (!attempt.wasSent() && !isAfterOneThatMayBeExecuted) {
            entry.end(Outcome.FAILED, null).subscribe().with(recorded -> {});
        }
    }

    /** Whether GoTo may have executed the failed attempt, or an earlier one. */
    boolean mayBeExecuted(Throwable failure) {
        return isAfterOneThatMayBeExecuted || attempt.mayBeExecuted(failure);
    }

    /** Whether GoTo has the request, and has not answered. */
    private boolean isAtWork() {
        return attempt.wasSent() && !ended;
    }

    private Outcome outcome(Throwable failure) {
        if (isAfterOneThatMayBeExecuted) {
            return Outcome.UNKNOWN;
        }
        if (isRefusal(failure)) {
            return Outcome.REFUSED;
        }
        return attempt.mayBeExecuted(failure) ? Outcome.UNKNOWN : Outcome.FAILED;
    }

    private static boolean isRefusal(Throwable failure) {
        if (failure instanceof Failure known) {
            return switch (known.type()) {
                case REJECTED_BY_GOTO,
                        FORBIDDEN_BY_GOTO,
                        MEETING_NOT_FOUND,
                        NOT_FOUND,
                        NOT_CONNECTED,
                        RECONNECT_REQUIRED,
                        RATE_LIMITED -> true;
                default -> false;
            };
        }
        return failure instanceof GoToErrors.TokenRejected || failure instanceof GoToErrors.Throttled;
    }
}
