package dev.meetgate.connect;

import dev.meetgate.database.Postgres;
import dev.meetgate.events.EventType;
import dev.meetgate.events.Events;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlResult;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;

/** Tells which connect links have expired without a connection, and deletes them a day later. */
@Singleton
@Priority(Chore.QUICK)
class ExpiredLinks implements Chore {

    private static final int BATCH = 200;

    /**
     * An attempt that is under way or waits ends first. A user who has connected with another link since then
     * was told about already.
     */
    private static final String TELL_EXPIRY = """
            with expired as (
                update connect_link set tells_expiry = null
                 where link_hash = any (array(
                    select link_hash from connect_link where tells_expiry and expires_at < now()
                        and not exists (
                        select from authorization_request as attempt
                         where attempt.link_hash = connect_link.link_hash
                           and case when attempt.outcome is not null then attempt.outcome = 'PENDING'
                                    when attempt.consumed_at is null then attempt.expires_at > now()
                                    else attempt.consumed_at > now() - interval '1 minute' end)
                     order by expires_at limit %d for update skip locked))
                returning tenant, user_id, outcome, expires_at),
            told as (
                %s)
            select tenant from expired
            """.formatted(
            BATCH, LinkEvents.write(EventType.CONNECT_LINK_EXPIRED.sql(), Outcome.CONNECT_EXPIRED.sql(), """
                            expired where coalesce(outcome, '') not in ('CONNECTED', 'DISCONNECTED')
                               and not exists (
                                select from connect_link as other
                                 where other.tenant = expired.tenant and other.user_id = expired.user_id
                                   and other.outcome = 'CONNECTED' and other.expires_at > expired.expires_at - %s)
                            """.formatted(
                            ConnectLinks.VALIDITY)));

    private static final String TOLD = "tells_expiry is distinct from true and " + ConnectLinks.ENDED_A_DAY_AGO;

    private final Postgres postgres;
    private final Events events;

    ExpiredLinks(Postgres postgres, Events events) {
        this.postgres = postgres;
        this.events = events;
    }

    private Uni<Integer> tellExpiry() {
        return postgres.execute(TELL_EXPIRY)
                .invoke(links -> links.forEach(link -> events.written(link.getString(0))))
                .map(SqlResult::size);
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.inBatches(BATCH, this::tellExpiry, mayGoOn)
                .flatMap(told -> Expiry.delete(postgres, "connect_link", "link_hash", TOLD, mayGoOn)
                        .map(deleted -> told && deleted));
    }
}
