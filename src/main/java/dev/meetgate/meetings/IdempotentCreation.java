package dev.meetgate.meetings;

import dev.meetgate.caller.Deadline;
import dev.meetgate.caller.Deadlines;
import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.meetings.GoToMeetingApi.WireNewMeeting;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.Json;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Creates one meeting for each Idempotency-Key, across repetitions and replicas.
 *
 * <ol>
 *   <li>An attempt reserves the key in the database before it creates. Other attempts get a conflict or the
 *       stored meeting.
 *   <li>No database connection is held during a call to GoTo.
 *   <li>An attempt finishes and is stored even if the caller leaves.
 *   <li>A definite rejection frees the key.
 *   <li>After an unknown outcome, the next attempt searches for the meeting. It creates a meeting only if no
 *       request can still be in progress and GoTo does not list the meeting. Of several such attempts, one
 *       creates.
 * </ol>
 *
 * <p>The search compares what GoTo shows. A meeting with the same values counts as the lost one if it was
 * made at GoTo's site at any time, or here without a key since the first use of the key.
 *
 * <p>The id of an attempt is that of its entry in the audit.
 */
@Singleton
class IdempotentCreation {

    /** After the call to GoTo has ended, its end is stored. */
    private static final Duration LAST_STEP = Duration.ofMillis(200);

    private final Creation creation;
    private final IdempotencyKeys keys;
    private final Detached detached;
    private final Deadlines deadlines;

    IdempotentCreation(Creation creation, IdempotencyKeys keys, Detached detached, Deadlines deadlines) {
        this.creation = creation;
        this.keys = keys;
        this.detached = detached;
        this.deadlines = deadlines;
    }

    /** Fails with {@link Failure.IdempotencyConflict} if the key is in use. */
    Uni<Meeting> of(User user, @Nullable IdempotencyKey key, NewMeeting wanted) {
        if (key == null) {
            return creation.of(user, wanted);
        }
        return new Request(user, wanted).answer(key);
    }

    /** The caller gets GoTo's rejection even if the key stays reserved. */
    private Uni<Void> free(UUID attempt) {
        return keys.release(attempt).onFailure().recoverWithItem(failure -> {
            Log.warnf(
                    "An Idempotency-Key could not be released: %s",
                    failure.getClass().getSimpleName());
            return null;
        });
    }

    private Uni<Meeting> leaveOpen(UUID attempt, Throwable unknown) {
        return keys.leaveOpen(attempt).map(open -> {
            throw unknown(unknown.getCause());
        });
    }

    private static Failure unknown(@Nullable Throwable cause) {
        return new Failure.GoToUnavailable(
                "The answer of GoTo was lost. Send the same request with the same Idempotency-Key to learn the"
                        + " outcome.",
                cause);
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Failure && !(failure instanceof Failure.OutcomeUnknown);
    }

    private Uni<Boolean> conclude(UUID attempt, Meeting created) {
        return Postgres.persistently(keys.conclude(attempt, created));
    }

    private final class Request {

        private final User user;
        private final NewMeeting wanted;

        /** Whether an answer of GoTo may be lost. The deadline's timer reads it on another thread. */
        private volatile boolean begun;

        Request(User user, NewMeeting wanted) {
            this.user = user;
            this.wanted = wanted;
        }

        Uni<Meeting> answer(IdempotencyKey key) {
            // Two bodies are the same if they result in the same request to GoTo.
            String body = Json.encode(WireNewMeeting.of(wanted));
            Deadline deadline = deadlines.current();
            return detached.of(() -> keys.reserve(user, key, body, deadline.leftForAPart())
                            .flatMap(this::outcome))
                    .ifNoItem()
                    .after(deadline.left().plus(LAST_STEP))
                    .failWith(() -> begun ? unknown(null) : Failure.Unavailable.ofDatabase());
        }

        private Uni<Meeting> outcome(Reservation reservation) {
            if (reservation instanceof Reservation.Ours ours) {
                return create(ours.attempt());
            }
            if (reservation instanceof Reservation.Done done) {
                return Uni.createFrom().item(done.created().toMeeting(wanted));
            }
            if (reservation instanceof Reservation.Abandoned abandoned) {
                return findOut(abandoned);
            }
            throw reservation instanceof Reservation.OtherBody
                    ? Failure.IdempotencyConflict.ofBodies()
                    : Failure.IdempotencyConflict.underWay();
        }

        private Uni<Meeting> create(UUID attempt) {
            return creation.of(user, wanted, attempt, () -> begun = true)
                    .ifNoItem()
                    .after(IdempotencyKeys.ATTEMPT)
                    .failWith(() -> new Failure.OutcomeUnknown(new TimeoutException()))
                    .onFailure(IdempotentCreation::isRefusal)
                    .call(() -> free(attempt))
                    .onFailure(Failure.OutcomeUnknown.class)
                    .recoverWithUni(unknown -> leaveOpen(attempt, unknown))
                    .call(created -> conclude(attempt, created));
        }

        private Uni<Meeting> findOut(Reservation.Abandoned abandoned) {
            return creation.candidates(user, wanted)
                    .flatMap(candidates -> withoutOthers(abandoned.attempt(), candidates))
                    .flatMap(found ->
                            found.isEmpty() ? createAgain(abandoned) : adopt(abandoned.attempt(), found.get(0)));
        }

        private Uni<List<Meeting>> withoutOthers(UUID attempt, List<Meeting> candidates) {
            if (candidates.isEmpty()) {
                return Uni.createFrom().item(candidates);
            }
            return keys.others(
                            user, attempt, candidates.stream().map(Meeting::id).toList())
                    .map(others -> candidates.stream()
                            .filter(candidate -> !others.contains(candidate.id()))
                            .toList());
        }

        private Uni<Meeting> createAgain(Reservation.Abandoned abandoned) {
            if (!abandoned.settled()) {
                throw Failure.IdempotencyConflict.underWay();
            }
            return keys.takeOver(abandoned.attempt(), deadlines.current().leftForAPart())
                    .flatMap(this::create);
        }

        private Uni<Meeting> adopt(UUID attempt, Meeting found) {
            return conclude(attempt, found).flatMap(ours -> {
                if (!ours) {
                    throw Failure.IdempotencyConflict.underWay();
                }
                return creation.found(user, wanted, attempt, found).replaceWith(found);
            });
        }
    }
}
