package dev.meetgate.connect;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.events.Events;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import dev.meetgate.vault.Consents;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;

/** How walks that wait end: by the application, by the person's word, or by themselves after ten minutes. */
@Singleton
@Priority(Chore.QUICK)
class PendingEnds implements Chore {

    private static final int BATCH = 200;

    private static final String FINISH = """
            with named as (
                %s),
            attempts as (
                update authorization_request
                   set outcome = 'CONNECTED', consumed_at = coalesce(consumed_at, now()), sealed_code_verifier = null
                 where link_hash = :link and (outcome is null or outcome = 'PENDING'))
            update connect_link
               set outcome = 'CONNECTED', finished_at = now(), expires_at = least(expires_at, now())
             where link_hash = :link and code_hash = :code and finish_until > clock_timestamp()
               and coalesce(outcome, '') not in ('CONNECTED', 'DISCONNECTED', 'ACCESS_DENIED', 'NOT_FINISHED')
            """.formatted(StoredLink.REMEMBER_NAME);

    /** The clock, because an end may have come after this transaction began. */
    private static final String DENY = """
            with ended as (
                update connect_link set outcome = 'ACCESS_DENIED', finish_until = least(finish_until, now())
                 where link_hash = $1 and finish_until > clock_timestamp() and finished_at is null
                   and coalesce(outcome, '') not in ('CONNECTED', 'DISCONNECTED')
                returning tenant, user_id, outcome),
            attempts as (
                update authorization_request set outcome = 'ACCESS_DENIED', sealed_code_verifier = null
                 where link_hash = $1 and outcome = 'PENDING' and exists (select from ended)),
            told as (
                %s)
            select now() + interval '10 minutes' from ended
            """.formatted(LinkEvents.ofEnded("ended where $2"));

    /**
     * Finds what waits by its attempt, because the link may have begun another attempt. An outcome of that
     * newer attempt stays.
     */
    private static final String LAPSE = """
            with lapsed as (
                select state_hash, link_hash, link.tenant, link.user_id,
                       case when code_challenge is null then 'ACCESS_DENIED' else 'NOT_FINISHED' end as outcome,
                       coalesce(link.outcome, '') not in ('CONNECTED', 'DISCONNECTED') as is_end
                  from authorization_request as attempt join connect_link as link using (link_hash)
                 where attempt.outcome = 'PENDING' and attempt.expires_at <= now()
                 order by attempt.expires_at limit %d for update skip locked),
            attempts as (
                update authorization_request set outcome = lapsed.outcome, sealed_code_verifier = null
                  from lapsed where authorization_request.state_hash = lapsed.state_hash),
            links as (
                update connect_link set outcome = lapsed.outcome
                  from lapsed where connect_link.link_hash = lapsed.link_hash and connect_link.outcome = 'PENDING'
                   and connect_link.finish_until <= now()),
            told as (
                %s)
            select tenant from lapsed
            """.formatted(BATCH, LinkEvents.ofEnded("lapsed where is_end"));

    private final Postgres postgres;
    private final Consents consents;
    private final Events events;

    PendingEnds(Postgres postgres, Consents consents, Events events) {
        this.postgres = postgres;
        this.consents = consents;
        this.events = events;
    }

    /** Makes the consent the user's connection. Returns false if it waits no more. */
    Uni<Boolean> finish(PendingWalk waiting) {
        boolean withChallenge = waiting.link().content().codeChallenge() != null;
        return consents.accept(waiting.user(), waiting.link().hash(), withChallenge, () -> finished(waiting));
    }

    private static Uni<Void> finished(PendingWalk waiting) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(FINISH)
                        .setParameter("link", waiting.link().hash().getBytes())
                        .setParameter("code", waiting.code().sha256())
                        .executeUpdate())
                .invoke(PendingWalks::checkChanged)
                .replaceWithVoid();
    }

    /** The person's word against a consent that waits. Returns false if none does. */
    Uni<Boolean> deny(StoredLink link) {
        return deny(link.content().user(), link.hash(), true);
    }

    /** As {@link #deny}, for a person whose word is told already. */
    Uni<Boolean> forget(User user, Buffer link) {
        return deny(user, link, false);
    }

    private Uni<Boolean> deny(User user, Buffer link, boolean tells) {
        return postgres.execute(DENY, Tuple.of(link, tells))
                .invoke(ended -> events.written(user.tenant()))
                .call(ended -> ended.size() == 0
                        ? Uni.createFrom().voidItem()
                        : consents.drop(user, link, ended.iterator().next().getOffsetDateTime(0)))
                .map(ended -> ended.size() > 0);
    }

    /** Ends what has waited too long, and this walk's grant at once. */
    Uni<Void> lapse(PendingWalk waiting) {
        return lapse().flatMap(
                        lapsed -> consents.drop(waiting.user(), waiting.link().hash(), waiting.until()));
    }

    private Uni<Integer> lapse() {
        return postgres.execute(LAPSE)
                .invoke(lapsed -> lapsed.forEach(walk -> events.written(walk.getString(0))))
                .map(SqlResult::size);
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.inBatches(BATCH, this::lapse, mayGoOn);
    }
}
