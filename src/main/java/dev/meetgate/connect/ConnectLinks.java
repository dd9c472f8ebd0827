package dev.meetgate.connect;

import dev.meetgate.caller.Tenants;
import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.events.EventType;
import dev.meetgate.events.Events;
import dev.meetgate.secret.Secret;
import dev.meetgate.upkeep.Expiry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Short-lived connect links. A link works until it has connected its user, for the browser that began. The
 * table stores their hashes.
 */
@Singleton
class ConnectLinks {

    /**
     * Longer than {@code ReconnectLinks.REST}. Shorter than the cookie of an attempt (a day) and the patience
     * of connect.js (40 minutes). Pages, messages and docs say 15 minutes.
     */
    static final String VALIDITY = "interval '15 minutes'";

    /** Rows stay for a day after their end, and so do those of attempts. */
    static final String ENDED_A_DAY_AGO = "expires_at < now() - interval '1 day' order by expires_at";

    private static final String FIND = "select %s from connect_link where link_hash = $1".formatted(StoredLink.COLUMNS);

    private static final String FIND_BEGUN = """
            select %s from connect_link where browser_hash = any ($1)
             order by %s desc, expires_at desc limit 1
            """.formatted(StoredLink.COLUMNS, StoredLink.IS_LIVE);

    private static final String FIND_ENDED = """
            select %s from connect_link where browser_hash = any ($1) and outcome = $2
             order by expires_at desc limit 1
            """.formatted(StoredLink.COLUMNS);

    private static final String DENY = """
            with denied as (
                update connect_link set outcome = 'ACCESS_DENIED'
                 where link_hash = $1 and %s and outcome is distinct from 'ACCESS_DENIED'
                returning tenant, user_id)
            %s
            """.formatted(
                    StoredLink.IS_LIVE,
                    LinkEvents.write(EventType.CONNECT_LINK_DENIED.sql(), Outcome.ACCESS_DENIED.sql(), "denied"));

    private static final String KEEP = """
            update connect_link set outcome = 'CONNECTED', sealed_secret = null where link_hash = $1 and %s
            """.formatted(StoredLink.IS_LIVE);

    private static final String END = """
            update connect_link
               set outcome = case when outcome = 'CONNECTED' then outcome else 'DISCONNECTED' end,
                   display_name = user_id, sealed_secret = null, finish_until = least(finish_until, now()),
                   expires_at = least(expires_at, now())
             where tenant = $1 and user_id = $2
            """;

    private final Postgres postgres;
    private final Events events;
    private final Tenants tenants;

    ConnectLinks(Postgres postgres, Events events, Tenants tenants) {
        this.postgres = postgres;
        this.events = events;
        this.tenants = tenants;
    }

    /**
     * The link, also after its end, or null if it is unknown, or of a tenant that has no settings any more.
     */
    Uni<@Nullable StoredLink> find(Secret secret) {
        return postgres.execute(FIND, Tuple.of(Buffer.buffer(secret.sha256()))).map(this::first);
    }

    /** The link as it is stored now. */
    Uni<StoredLink> again(StoredLink link) {
        return postgres.execute(FIND, Tuple.of(link.hash()))
                .map(rows ->
                        rows.size() == 0 ? link : StoredLink.of(rows.iterator().next()));
    }

    /** The newest link that one of these browsers has begun, one that still works before others, or null. */
    Uni<@Nullable StoredLink> begunBy(List<Secret> browsers) {
        return browsers.isEmpty()
                ? Uni.createFrom().nullItem()
                : postgres.execute(FIND_BEGUN, Tuple.of(hashes(browsers))).map(this::first);
    }

    /** The newest link with this outcome that one of these browsers has begun, or null. */
    Uni<@Nullable StoredLink> endedBy(List<Secret> browsers, Outcome outcome) {
        return browsers.isEmpty()
                ? Uni.createFrom().nullItem()
                : postgres.execute(FIND_ENDED, Tuple.of(hashes(browsers), outcome.name()))
                        .map(this::first);
    }

    private static Buffer[] hashes(List<Secret> browsers) {
        return browsers.stream().map(browser -> Buffer.buffer(browser.sha256())).toArray(Buffer[]::new);
    }

    /** Notes that the user did not want to go to GoTo. Returns how the link has ended, perhaps before. */
    Uni<Outcome> deny(StoredLink link) {
        return postgres.execute(DENY, Tuple.of(link.hash()))
                .invoke(() -> events.written(link.content().user().tenant()))
                .flatMap(denied -> again(link))
                .map(now -> ended(now, Outcome.ACCESS_DENIED));
    }

    /** Ends the link of a user who stays connected as before, unless it has ended otherwise. */
    Uni<Outcome> keep(StoredLink link) {
        return postgres.execute(KEEP, Tuple.of(link.hash()))
                .flatMap(kept -> again(link))
                .map(now -> ended(now, Outcome.CONNECTED));
    }

    private static Outcome ended(StoredLink link, Outcome otherwise) {
        Outcome outcome = link.outcome();
        return outcome != null && outcome.isFinal() ? outcome : otherwise;
    }

    /** Nobody goes on with a link of a tenant that has no settings any more. */
    private @Nullable StoredLink first(RowSet<Row> rows) {
        StoredLink link = Rows.only(rows, StoredLink::of);
        return link == null || tenants.named(link.content().user().tenant()) == null ? null : link;
    }

    /** Ends all links of a user who is disconnected. */
    Uni<Void> endAll(User user) {
        return postgres.execute(END, Tuple.of(user.tenant(), user.id())).replaceWithVoid();
    }

    /** Deletes those of a tenant that has no settings any more. Returns how many there were. */
    Uni<Integer> deleteAll(String tenant) {
        return Expiry.deleteOf(tenant, postgres, "connect_link", "link_hash");
    }
}
