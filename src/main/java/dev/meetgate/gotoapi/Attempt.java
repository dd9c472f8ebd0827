package dev.meetgate.gotoapi;

import dev.meetgate.audit.Audit;
import dev.meetgate.budget.Slot;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Circuit;
import dev.meetgate.vault.AccessToken;
import io.smallrye.mutiny.Uni;
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
    private final Recording recording;
    private final Suspension suspension = new Suspension();

    private Stage stage = Stage.GETTING_A_TOKEN;
    private @Nullable String method;
    private @Nullable String operation;
    private @Nullable AccessToken token;
    private @Nullable SentRequest sent;
    private GoToWords words = GoToWords.NONE;

    private Attempt(@Nullable AccessToken refreshed, GoToMetrics metrics, boolean isAfterOneThatMayBeExecuted) {
        this.refreshed = refreshed;
        this.metrics = metrics;
        this.recording = new Recording(this, isAfterOneThatMayBeExecuted);
    }

    /** The first attempt of a call. */
    static Attempt first(GoToMetrics metrics) {
        return new Attempt(null, metrics, false);
    }

    /** The attempt after this one, which failed, with the token that replaced a rejected one. */
    synchronized Attempt next(@Nullable AccessToken newer, Throwable failure) {
        return new Attempt(newer, metrics, recording.mayBeExecuted(failure));
    }

    /** Sends the request with a method of a REST client, whose filters call the other methods. */
    <T> Uni<T> send(Supplier<Uni<T>> request) {
        return Uni.createFrom()
                .<T>emitter(caller -> request.get()
                        .onItem()
                        .ifNull()
                        .failWith(() -> Failure.GoToUnavailable.answered("GoTo's answer is empty."))
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
        recording.attemptEnded(success, failure);
        if (sent != null) {
            sent.end(failure, metrics);
        }
    }

    /** Records the end of the call. */
    synchronized Uni<Void> record(Audit.Entry entry, @Nullable Throwable failure) {
        return recording.end(entry, failure);
    }

    /** Records that the caller has left. */
    synchronized void recordLater(Audit.Entry entry) {
        abandon();
        recording.abandon(entry);
    }

    private synchronized void abandon() {
        if (stage != Stage.SENT) {
            suspension.abandon();
        }
    }

    /** A filter waits for something while its request is suspended. */
    <T> void waitFor(Uni<T> work, Consumer<T> resume, Consumer<Throwable> fail) {
        suspension.waitFor(work, resume, fail);
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

    synchronized AccessToken token() {
        return Objects.requireNonNull(token, "the request has no token yet");
    }

    /** The request leaves now, if the circuit lets it. */
    synchronized void leave(Slot granted, Circuit circuit) {
        if (!suspension.isAbandoned()) {
            sent = SentRequest.now(Objects.requireNonNull(operation), granted, circuit.permit());
            stage = Stage.SENT;
        }
    }

    synchronized SentRequest sent() {
        return Objects.requireNonNull(sent, "the request was not sent");
    }

    /** GoTo has not accepted the token, and has not executed the request. */
    synchronized void rejected() {
        sent().answered();
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

    /** Whether GoTo may have executed the request although the attempt failed. */
    synchronized boolean mayBeExecuted(Throwable failure) {
        return stage == Stage.SENT
                && !(failure instanceof Failure.GoToUnavailable unavailable && !unavailable.mayBeExecuted())
                && !WireFailures.isUnsent(failure);
    }

    /** Whether GoTo may have created something although the call failed. */
    synchronized boolean mayHaveCreated(Throwable failure) {
        return HttpMethod.POST.equals(method) && failure instanceof Failure.GoToUnavailable && mayBeExecuted(failure);
    }

    synchronized boolean wasSent() {
        return stage == Stage.SENT;
    }
}
