package dev.meetgate.connect;

import dev.meetgate.caller.Deadline;
import dev.meetgate.caller.Deadlines;
import dev.meetgate.connect.AuthorizationRequests.Attempt;
import dev.meetgate.database.Postgres;
import dev.meetgate.oauth.AuthorizationResponse;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import dev.meetgate.secret.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Completes an attempt to connect, once. A callback that comes again, to any replica, gets the outcome of
 * the first one.
 */
@Singleton
class Completion {

    /** Between two looks at an attempt that another request completes. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Leaves time for the answer. */
    private static final Duration RESERVE = Duration.ofSeconds(1);

    private final AuthorizationRequests requests;
    private final AttemptEnds attemptEnds;
    private final Redemption redemption;
    private final PendingEnds ends;
    private final WalkRecord record;
    private final Deadlines deadlines;
    private final Detached detached;

    Completion(
            AuthorizationRequests requests,
            AttemptEnds attemptEnds,
            Redemption redemption,
            PendingEnds ends,
            WalkRecord record,
            Deadlines deadlines,
            Detached detached) {
        this.requests = requests;
        this.attemptEnds = attemptEnds;
        this.redemption = redemption;
        this.ends = ends;
        this.record = record;
        this.deadlines = deadlines;
        this.detached = detached;
    }

    /**
     * Returns null if another request is still completing the attempt at the caller's deadline. Fails with
     * {@link Failure.UnknownCallback} for another browser.
     */
    Uni<@Nullable Outcome> of(Attempt attempt, Secret browser, AuthorizationResponse response) {
        Deadline deadline = deadlines.current();
        // A reload makes the browser leave the first request.
        return detached.of(() -> requests.consume(attempt, browser, deadline.leftForAPart())
                        .flatMap(codeVerifier -> codeVerifier == null
                                ? Uni.createFrom().nullItem()
                                : complete(attempt, codeVerifier, response)))
                .flatMap(outcome -> outcome == null
                        ? ofAnother(attempt, browser, deadline)
                        : Uni.createFrom().item(outcome));
    }

    private Uni<@Nullable Outcome> ofAnother(Attempt attempt, Secret browser, Deadline deadline) {
        return attemptEnds.outcome(attempt, browser).flatMap(outcome -> {
            if (outcome != null || deadline.left().compareTo(RESERVE) < 0) {
                return Uni.createFrom().item(outcome);
            }
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(PAUSE)
                    .flatMap(waited -> ofAnother(attempt, browser, deadline));
        });
    }

    private Uni<Outcome> complete(Attempt attempt, Secret codeVerifier, AuthorizationResponse response) {
        Uni<Outcome> outcome = response instanceof AuthorizationResponse.Granted granted
                ? redemption.of(attempt, granted.code(), codeVerifier)
                : refused(attempt, Outcome.of((AuthorizationResponse.Refused) response));
        return outcome.invoke(end -> record.ended(attempt.user(), end));
    }

    /** The person's last word counts, also after an earlier consent with the same link. */
    private Uni<Outcome> refused(Attempt attempt, Outcome outcome) {
        Buffer link = attempt.link();
        return Postgres.persistently(attemptEnds.end(attempt, outcome))
                .call(ended -> outcome.isBad() || link == null
                        ? Uni.createFrom().item(false)
                        : ends.forget(attempt.user(), link));
    }
}
