package dev.meetgate.connect;

import dev.meetgate.caller.Tenants;
import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.events.Events;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Sealer;
import dev.meetgate.secret.Secret;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import dev.meetgate.vault.SealedTable;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The attempts to connect (RFC 6749 §4.1.1). One statement consumes an attempt, so that its code is redeemed
 * at most once. The row stays for a day and keeps the outcome for callbacks that come twice or late.
 */
@Singleton
@Priority(Chore.QUICK)
class AuthorizationRequests implements Chore, SealedTable {

    private static final Duration LIFETIME = Duration.ofMinutes(10);

    /** Nobody tries more often by hand. */
    private static final int MOST_OF_LINK = 20;

    private static final String CODE_VERIFIER = "code_verifier";

    private static final String BEGIN = """
            with begun as (
                update connect_link set browser_hash = $2, outcome = null, sealed_secret = null, tells_expiry = true
                 where link_hash = $1 and %s and (browser_hash is null or browser_hash = $2)
                   and (select count(*) from authorization_request where link_hash = $1) < %d
                returning link_hash, tenant, user_id, return_url, state)
            insert into authorization_request
                (state_hash, browser_hash, link_hash, tenant, user_id, return_url, state, sealed_code_verifier, expires_at)
            select $3, $2, link_hash, tenant, user_id, return_url, state, $4, now() + interval '%d seconds' from begun
            """.formatted(StoredLink.IS_LIVE, MOST_OF_LINK, LIFETIME.toSeconds());

    private static final String FIND = """
            select attempt.link_hash, attempt.tenant, attempt.user_id, attempt.return_url, attempt.state,
                   connect_link.code_challenge is not null as has_challenge
              from authorization_request as attempt
              left join connect_link on connect_link.link_hash = attempt.link_hash
             where state_hash = $1
            """;

    private static final String CONSUME = """
            with unused as (
                select state_hash, sealed_code_verifier from authorization_request
                 where state_hash = $1 and browser_hash = $2 and consumed_at is null and expires_at > now() for update)
            update authorization_request set consumed_at = now(), sealed_code_verifier = null
              from unused where authorization_request.state_hash = unused.state_hash and clock_timestamp() < $3
            returning unused.sealed_code_verifier
            """;

    /** A consumed attempt without an outcome after a minute was at a replica that has died. */
    private static final String PROGRESS = """
            select outcome, consumed_at is null as is_unused, consumed_at < now() - interval '1 minute' as is_lost,
                   expires_at <= now() as is_over
              from authorization_request where state_hash = $1 and browser_hash = $2
            """;

    private static final String UNDER_WAY = """
            select from authorization_request
             where link_hash = $1 and outcome is null
               and case when consumed_at is null then expires_at > now()
                        else consumed_at > now() - interval '1 minute' end
             limit 1
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
                insert into known_name (tenant, user_id, display_name)
                select tenant, user_id, display_name from connect_link
                 where link_hash = :link and display_name <> user_id
                on conflict (tenant, user_id) do update set display_name = excluded.display_name),
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
            """;

    /** The secrets of a new attempt. */
    record Begun(Secret state, Secret codeVerifier) {}

    /** An attempt as its callback finds it. Attempts of older versions of MeetGate have no link. */
    record Attempt(Secret state, @Nullable Buffer link, boolean hasChallenge, WayBack wayBack) {

        User user() {
            return wayBack.user();
        }

        /** The name of its cookie comes from this hash. */
        Buffer cookie() {
            return link == null ? Buffer.buffer(state.sha256()) : link;
        }
    }

    private final Postgres postgres;
    private final Sealer sealer;
    private final Events events;
    private final Tenants tenants;

    AuthorizationRequests(Postgres postgres, Sealer sealer, Events events, Tenants tenants) {
        this.tenants = tenants;
        this.events = events;
        this.postgres = postgres;
        this.sealer = sealer;
    }

    /** Null if the link ended meanwhile, if another browser has begun, or after too many attempts. */
    Uni<@Nullable Begun> begin(StoredLink link, Buffer browserHash) {
        var begun = new Begun(Secret.random(), Secret.random());
        User user = link.content().user();
        var values = Tuple.of(
                link.hash(),
                browserHash,
                Buffer.buffer(begun.state.sha256()),
                Buffer.buffer(sealer.seal(begun.codeVerifier, CODE_VERIFIER, user.tenant(), user.id())));
        return postgres.execute(BEGIN, values).map(rows -> rows.rowCount() == 0 ? null : begun);
    }

    Uni<Boolean> isUnderWay(StoredLink link) {
        return postgres.execute(UNDER_WAY, Tuple.of(link.hash())).map(rows -> rows.size() > 0);
    }

    /** Fails with {@link Failure.UnknownCallback}, also for a tenant that has no settings any more. */
    Uni<Attempt> find(Secret state) {
        return postgres.execute(FIND, Tuple.of(Buffer.buffer(state.sha256()))).map(rows -> {
            if (rows.size() == 0 || tenants.named(rows.iterator().next().getString("tenant")) == null) {
                throw new Failure.UnknownCallback();
            }
            Row row = rows.iterator().next();
            return new Attempt(
                    state,
                    row.getDelegate().getBuffer("link_hash"),
                    row.getBoolean("has_challenge"),
                    new WayBack(
                            new User(row.getString("tenant"), row.getString("user_id")),
                            row.getString("return_url"),
                            row.getString("state")));
        });
    }

    /**
     * The code verifier, for the first callback of this browser in time, or null. The attempt stays unused if
     * the caller gives up before.
     */
    Uni<@Nullable Secret> consume(Attempt attempt, Secret browser, Duration patience) {
        return postgres.executeWithin(patience, CONSUME, secrets(attempt, browser))
                .map(rows -> rows.size() == 0
                        ? null
                        : codeVerifier(attempt.user(), rows.iterator().next()));
    }

    private Secret codeVerifier(User user, Row row) {
        return sealer.open(row.getBuffer(0).getBytes(), CODE_VERIFIER, user.tenant(), user.id());
    }

    /**
     * The outcome of an attempt that cannot be consumed, or null as long as there is none. Fails with
     * {@link Failure.UnknownCallback} for another browser.
     */
    Uni<@Nullable Outcome> outcome(Attempt attempt, Secret browser) {
        return postgres.execute(PROGRESS, secrets(attempt, browser)).flatMap(rows -> {
            if (rows.size() == 0) {
                throw new Failure.UnknownCallback();
            }
            Row row = rows.iterator().next();
            Outcome known = Outcome.stored(row.getString("outcome"));
            if (known == Outcome.PENDING && row.getBoolean("is_over")) {
                return Uni.createFrom().item(attempt.hasChallenge() ? Outcome.NOT_FINISHED : Outcome.ACCESS_DENIED);
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

    private static Tuple secrets(Attempt attempt, Secret browser) {
        return Tuple.of(Buffer.buffer(attempt.state().sha256()), Buffer.buffer(browser.sha256()));
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

    /** Deletes those of a tenant that has no settings any more. Returns how many there were. */
    Uni<Integer> deleteAll(String tenant) {
        return Expiry.deleteOf(tenant, postgres, "authorization_request", "state_hash");
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.erase(postgres, "authorization_request", "state_hash", "sealed_code_verifier", mayGoOn)
                .flatMap(erased -> Expiry.delete(
                                postgres, "authorization_request", "state_hash", ConnectLinks.OVER, mayGoOn)
                        .map(deleted -> erased && deleted));
    }

    @Override
    public Uni<List<String>> sealingKeys() {
        return SealedTable.keysIn("authorization_request", postgres);
    }
}
