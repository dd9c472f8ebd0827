package dev.meetgate.connect;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.Entries;
import dev.meetgate.caller.Origin;
import dev.meetgate.caller.Tenants;
import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.events.EventType;
import dev.meetgate.events.Events;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import dev.meetgate.upkeep.Expiry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Short-lived connect links. A link works until it has connected its user, for the browser that began. The
 * table stores their hashes.
 */
@Singleton
class ConnectLinks {

    static final String VALIDITY = "interval '15 minutes'";

    /** Rows stay for a day after their end, and so do those of attempts. */
    static final String OVER = "expires_at < now() - interval '1 day' order by expires_at";

    private static final int MOST_OF_USER = 20;
    private static final int MOST_OF_TENANT = 10_000;

    private static final String INSERT = """
            with made as (
            insert into connect_link (link_hash, tenant, user_id, display_name, return_url, state, code_challenge,
                expires_at, tells_expiry)
            select $1, $2, $3, $4, $5, $6, $8, now() + %1$s, true
             where (select count(*) from (select from connect_link
                     where tenant = $2 and user_id = $3 and expires_at > now() limit %2$d) as of_user) < %2$d
               and (select count(*) from (select from connect_link
                     where tenant = $2 and expires_at > now() limit %3$d) as of_tenant) < %3$d
            returning tenant, user_id, expires_at),
            audited as (
                %4$s)
            select expires_at from made
            """.formatted(
            VALIDITY, MOST_OF_USER, MOST_OF_TENANT, Entries.write(Action.CONNECT_LINK_CREATE, "$7::text", "made"));

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

    /** A new link. Only its hash is stored. */
    @Schema(
            name = "ConnectLink",
            description = "A link where a user connects",
            requiredProperties = {"url", "expiresAt"})
    record Issued(
            @Schema(
                    description = "Page where the user connects",
                    examples = "https://meetgate.example.com/connect/4fzGN0YkwQ7m2pXsB8eRtLuVd1aKcHjI5oZy9n3fE")
            URI url,

            @Schema(description = "End of the link's validity", examples = "2027-01-15T09:15:00Z")
            Instant expiresAt) {}

    private final Postgres postgres;
    private final PublicUrl publicUrl;
    private final Events events;
    private final Tenants tenants;

    ConnectLinks(Postgres postgres, PublicUrl publicUrl, Events events, Tenants tenants) {
        this.tenants = tenants;
        this.events = events;
        this.postgres = postgres;
        this.publicUrl = publicUrl;
    }

    /** Fails with {@link Failure.TooManyConnectLinks}. */
    Uni<Issued> issue(ConnectLink link) {
        Secret secret = Secret.random();
        var values = Tuple.of(
                Buffer.buffer(secret.sha256()),
                link.user().tenant(),
                link.user().id(),
                link.displayName(),
                link.returnUrl(),
                link.state());
        values.addString(Origin.current().json());
        values.addString(link.codeChallenge());
        return postgres.execute(INSERT, values).map(rows -> {
            if (rows.size() == 0) {
                throw new Failure.TooManyConnectLinks(MOST_OF_USER, MOST_OF_TENANT);
            }
            return issued(secret, rows.iterator().next());
        });
    }

    Issued issued(Secret secret, Row row) {
        Instant expiresAt = row.getOffsetDateTime("expires_at").toInstant();
        return new Issued(publicUrl.of("/connect/" + secret.reveal()), expiresAt);
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
