package dev.meetgate.gotoapi;

import dev.meetgate.audit.Audit;
import dev.meetgate.audit.Outcome;
import dev.meetgate.budget.Slot;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Circuit;
import dev.meetgate.vault.AccessToken;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.ws.rs.HttpMethod;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call, from its token to GoTo's answer. The filters move it on.
 *
 * <ol>
 *   <li>A caller who leaves before the request is sent stops it. The caller may leave on any thread.
 *   <li>A request that was sent runs to its end, which {@link AnswerBounds} limits. The circuit learns from
 *       it, and its connection stays usable.
 *   <li>A permit of the circuit ends with the answer, or with the failure to get one.
 * </ol>
 */
final class Attempt {

    private enum Stage {
        GETTING_A_TOKEN,
        QUEUEING,
        SENT,
        REJECTED,
        /** After a 429. The database is told of it. */
        THROTTLED
    }

    private final @Nullable AccessToken refreshed;
    private final GoToMetrics metrics;

    /** Whether GoTo may have executed an earlier attempt of the call. */
    private final boolean isAfterOneThatMayBeExecuted;

    private Stage stage = Stage.GETTING_A_TOKEN;
    private boolean abandoned;
    private @Nullable String method;
    private @Nullable String operation;
    private long sentAt;
    private @Nullable AccessToken token;
    private @Nullable Slot slot;
    private Circuit.@Nullable Permit permit;
    private @Nullable Cancellable waiting;
    private GoToWords words = GoToWords.NONE;
    private boolean ended;
    private boolean succeeded;
    private Audit.@Nullable Entry recordedLater;

    private Attempt(@Nullable AccessToken refreshed, GoToMetrics metrics, boolean isAfterOneThatMayBeExecuted) {
        this.refreshed = refreshed;
        this.metrics = metrics;
        this.isAfterOneThatMayBeExecuted = isAfterOneThatMayBeExecuted;
    }

    /** The first attempt of a call. */
    static Attempt first(GoToMetrics metrics) {
        return new Attempt(null, metrics, false);
    }

    /** The attempt after this one, which failed, with the token that replaced a rejected one. */
    synchronized Attempt next(@Nullable AccessToken newer, Throwable failure) {
        return new Attempt(newer, metrics, isAfterOneThatMayBeExecuted || isSentAndMayBeExecuted(failure));
    }

    /** Sends the request with a method of a REST client, whose filters call the other methods. */
    <T> Uni<T> send(Supplier<Uni<T>> request) {
        return Uni.createFrom()
                .<T>emitter(caller -> request.get()
                        .onItem()
                        .ifNull()
                        .failWith(() -> new Failure.GoToUnavailable("GoTo's answer is empty."))
                        .onFailure(this::isOfTheWire)
                        .transform(WireFailures::unavailable)
                        .onTermination()
                        .invoke((item, failure, cancelled) -> end(item != null, failure))
                        .subscribe()
                        .with(caller::complete, caller::fail))
                .onCancellation()
                .invoke(this::abandon);
    }

    private synchronized boolean isOfTheWire(Throwable failure) {
        return WireFailures.isOfTheWire(failure) || (stage == Stage.SENT && WireFailures.isUnreadable(failure));
    }

    private synchronized void end(boolean success, @Nullable Throwable failure) {
        ended = true;
        succeeded = success;
        if (recordedLater != null) {
            record(recordedLater, failure).subscribe().with(recorded -> {});
        }
        endPermit(failure);
        if (sentAt != 0 && operation != null) {
            metrics.record(operation, failure, System.nanoTime() - sentAt);
        }
    }

    private synchronized void endPermit(@Nullable Throwable failure) {
        if (permit != null) {
            permit.end(failure);
            permit = null;
        }
    }

    /**
     * Records the end of the call. If its deadline came while GoTo was at work, the outcome is unknown until
     * GoTo answers.
     */
    synchronized Uni<Void> record(Audit.Entry entry, @Nullable Throwable failure) {
        if (stage == Stage.SENT && !ended) {
            recordedLater = entry;
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
    synchronized void recordLater(Audit.Entry entry) {
        abandon();
        if (stage == Stage.SENT && !ended) {
            recordedLater = entry;
        } else if (stage != Stage.SENT && !isAfterOneThatMayBeExecuted) {
            entry.end(Outcome.FAILED, null).subscribe().with(recorded -> {});
        }
    }

    private Outcome outcome(Throwable failure) {
        if (isAfterOneThatMayBeExecuted) {
            return Outcome.UNKNOWN;
        }
        if (failure instanceof GoToErrors.TokenRejected || failure instanceof GoToErrors.Throttled) {
            return Outcome.REFUSED;
        }
        if (failure instanceof Failure known) {
            return switch (known.type()) {
                case REJECTED_BY_GOTO,
                        FORBIDDEN_BY_GOTO,
                        MEETING_NOT_FOUND,
                        NOT_FOUND,
                        NOT_CONNECTED,
                        RECONNECT_REQUIRED,
                        RATE_LIMITED -> Outcome.REFUSED;
                default -> isSentAndMayBeExecuted(failure) ? Outcome.UNKNOWN : Outcome.FAILED;
            };
        }
        return isSentAndMayBeExecuted(failure) ? Outcome.UNKNOWN : Outcome.FAILED;
    }

    private boolean isSentAndMayBeExecuted(Throwable failure) {
        return stage == Stage.SENT
                && !(failure instanceof Failure.GoToUnavailable unavailable && !unavailable.mayBeExecuted())
                && !WireFailures.isUnsent(failure);
    }

    private synchronized void abandon() {
        if (stage != Stage.SENT) {
            abandoned = true;
            cancelWaiting();
        }
    }

    private synchronized void cancelWaiting() {
        if (waiting != null) {
            waiting.cancel();
        }
    }

    private synchronized boolean isAbandoned() {
        return abandoned;
    }

    /** A filter waits for something while its request is suspended. An abandoned request stays suspended. */
    <T> void waitFor(Uni<T> work, Consumer<T> resume, Consumer<Throwable> fail) {
        Cancellable subscription = work.subscribe().with(whileWanted(resume), whileWanted(fail));
        synchronized (this) {
            waiting = subscription;
            if (isAbandoned()) {
                cancelWaiting();
            }
        }
    }

    private <T> Consumer<T> whileWanted(Consumer<T> consumer) {
        return item -> {
            if (!isAbandoned()) {
                consumer.accept(item);
            }
        };
    }

    /** @param path the template of the path, which the raw call does not have */
    synchronized void begin(String httpMethod, @Nullable Object path) {
        method = httpMethod;
        operation = path == null || path.equals("") ? "raw " + httpMethod : httpMethod + " " + path;
    }

    /** Present where this attempt repeats one whose token was rejected. */
    @Nullable
    AccessToken refreshed() {
        return refreshed;
    }

    synchronized void use(AccessToken accessToken) {
        token = accessToken;
        stage = Stage.QUEUEING;
    }

    /** The token of the request. */
    synchronized AccessToken token() {
        return Objects.requireNonNull(token, "the request has no token yet");
    }

    /** The request leaves now, if the circuit lets it. */
    synchronized void leave(Slot granted, Circuit circuit) {
        if (!abandoned) {
            permit = circuit.permit();
            slot = granted;
            sentAt = System.nanoTime();
            stage = Stage.SENT;
        }
    }

    /** The slot that the request was sent with. */
    synchronized Slot slot() {
        return Objects.requireNonNull(slot, "the request has no slot yet");
    }

    /** GoTo has not accepted the token, and has not executed the request. */
    synchronized void rejected() {
        endPermit(null);
        stage = Stage.REJECTED;
    }

    /** GoTo has answered 429, and has not executed the request. */
    synchronized void throttled() {
        rejected();
        stage = Stage.THROTTLED;
    }

    synchronized boolean isThrottled() {
        return stage == Stage.THROTTLED;
    }

    /** GoTo has answered, with an error that contains these words. */
    synchronized void told(GoToWords known) {
        words = known;
    }

    synchronized GoToWords words() {
        return words;
    }

    synchronized boolean isQueueing() {
        return stage == Stage.QUEUEING;
    }

    synchronized boolean isRead() {
        return HttpMethod.GET.equals(method);
    }

    /** Whether GoTo may have created something although the call failed. */
    synchronized boolean mayHaveCreated(Throwable failure) {
        return HttpMethod.POST.equals(method)
                && stage == Stage.SENT
                && failure instanceof Failure.GoToUnavailable unavailable
                && unavailable.mayBeExecuted()
                && !WireFailures.isUnsent(failure);
    }

    synchronized boolean wasSent() {
        return stage == Stage.SENT;
    }
}
