package dev.meetgate.connect;

import dev.meetgate.caller.User;
import dev.meetgate.connect.AuthorizationRequests.Attempt;
import dev.meetgate.database.Postgres;
import dev.meetgate.events.Events;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How attempts to connect end, and what those who come later learn of it. */
@Singleton
class AttemptEnds {

    /** A consumed attempt without an outcome after a minute was at a replica that has died. */
    private static final String PROGRESS = """
            select outcome, consumed_at is null as is_unused, consumed_at < now() - interval '1 minute' as is_lost,
                   expires_at <= now() as is_over
              from authorization_request where state_hash = $1 and browser_hash = $2
            """;

    private static final String END = """
            with ended as (
                update authorization_request
                   set outcome = $2, consumed_at = coalesce(consumed_at, now()), sealed_code_verifier = null
                 where state_hash = $1 and outcome is null
                returning link_hash, tenant, user_id),
            told as (
                %s)
            update connect_link set outcome = $2
             where link_hash = (select link_hash from ended) and outcome is distinct from 'CONNECTED'
               and not exists (select from authorization_request as newer
                                where newer.link_hash = connect_link.link_hash and newer.state_hash <> $1
                                  and newer.outcome is null and newer.expires_at > now())
            """.formatted(LinkEvents.write("$3::text", "$4::text", "ended"));

    private static final String OUTCOME =
            "select outcome from authorization_request where state_hash = $1 and outcome is not null";

    private static final String END_ALL = """
            update authorization_request
               set outcome = 'DISCONNECTED', consumed_at = coalesce(consumed_at, now()), sealed_code_verifier = null
             where tenant = $1 and user_id = $2 and (outcome is null or outcome = 'PENDING')
            """;

    /**
     * Also ends the link and its other attempts. Changes no attempt that has an outcome: the user was
     * disconnected meanwhile, or an earlier try has stored the outcome.
     */
    private static final String CONNECT = """
            with named as (
                %s),
            others as (
                update authorization_request
                   set outcome = :outcome, consumed_at = now(), sealed_code_verifier = null
                 where link_hash = :link and state_hash <> :state and consumed_at is null and :complete),
            used as (
                update connect_link
                   set outcome = case when outcome = 'CONNECTED' then outcome else :outcome end, sealed_secret = null,
                       expires_at = case when :complete then least(expires_at, now()) else expires_at end
                 where link_hash = :link)
            update authorization_request set outcome = :outcome
             where state_hash = :state and outcome is null
            """.formatted(StoredLink.REMEMBER_NAME);

    private final Postgres postgres;
    private final Events events;

    AttemptEnds(Postgres postgres, Events events) {
        this.postgres = postgres;
        this.events = events;
    }

    /**
     * The outcome of an attempt that cannot be consumed, or null as long as there is none. Fails with
     * {@link Failure.UnknownCallback} for another browser.
     */
    Uni<@Nullable Outcome> outcome(Attempt attempt, Secret browser) {
        return postgres.execute(PROGRESS, AuthorizationRequests.secrets(attempt, browser))
                .flatMap(rows -> {
                    if (rows.size() == 0) {
                        throw new Failure.UnknownCallback();
                    }
                    Row row = rows.iterator().next();
                    Outcome known = Outcome.stored(row.getString("outcome"));
                    if (known == Outcome.PENDING && row.getBoolean("is_over")) {
                        return Uni.createFrom().item(Outcome.ofLapse(attempt.hasChallenge()));
                    }
                    if (known != null) {
                        return Uni.createFrom().item(known);
                    }
                    if (row.getBoolean("is_unused")) {
                        return end(attempt, Outcome.CONNECT_EXPIRED);
                    }
                    return row.getBoolean("is_lost")
                            ? end(attempt, Outcome.UNAVAILABLE)
                            : Uni.createFrom().nullItem();
                });
    }

    /**
     * Stores an outcome that stores no connection. Returns the outcome that the attempt has, perhaps an
     * earlier one.
     */
    Uni<Outcome> end(Attempt attempt, Outcome outcome) {
        var values = Tuple.of(
                Buffer.buffer(attempt.state().sha256()),
                outcome.name(),
                LinkEvents.of(outcome).type(),
                outcome.code());
        return postgres.execute(END, values)
                .invoke(() -> events.written(attempt.user().tenant()))
                .flatMap(ended -> stored(attempt, outcome));
    }

    private Uni<Outcome> stored(Attempt attempt, Outcome otherwise) {
        return postgres.execute(OUTCOME, Tuple.of(Buffer.buffer(attempt.state().sha256())))
                .map(rows -> rows.size() == 0
                        ? otherwise
                        : Objects.requireNonNull(
                                Outcome.stored(rows.iterator().next().getString(0))));
    }

    /** The outcome of an attempt that another request has ended. */
    Uni<Outcome> ofEnded(Attempt attempt) {
        return stored(attempt, Outcome.DISCONNECTED);
    }

    /**
     * Stores in the current transaction that the attempt got tokens. Fails with
     * {@link Failure.UnknownCallback} if the attempt has an outcome already.
     */
    Uni<Void> connect(Attempt attempt, boolean complete) {
        Buffer link = attempt.link() == null ? Buffer.buffer() : attempt.link();
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(CONNECT)
                        .setParameter("state", attempt.state().sha256())
                        .setParameter("link", link.getBytes())
                        .setParameter("outcome", Outcome.ofConsent(complete).name())
                        .setParameter("complete", complete)
                        .executeUpdate())
                .invoke(rows -> {
                    if (rows == 0) {
                        throw new Failure.UnknownCallback();
                    }
                })
                .flatMap(rows -> complete ? Uni.createFrom().item(0) : tellFailure(attempt))
                .replaceWithVoid();
    }

    private static Uni<Integer> tellFailure(Attempt attempt) {
        return Panache.getSession().flatMap(session -> session.createNativeQuery(LinkEvents.SCOPE_MISSING)
                .setParameter("state", attempt.state().sha256())
                .executeUpdate());
    }

    /** Ends all attempts of a user who is disconnected. Their callbacks store nothing. */
    Uni<Void> endAll(User user) {
        return postgres.execute(END_ALL, Tuple.of(user.tenant(), user.id())).replaceWithVoid();
    }
}
