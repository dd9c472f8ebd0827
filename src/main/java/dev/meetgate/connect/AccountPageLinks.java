package dev.meetgate.connect;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.Entries;
import dev.meetgate.caller.Origin;
import dev.meetgate.caller.Tenants;
import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.secret.Secret;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Short-lived links to the page that shows a person the connection. The table stores hashes of the links. A
 * link belongs to the first browser in which the page's button is pressed. Link previews press no button.
 */
@Singleton
@Priority(Chore.QUICK)
class AccountPageLinks implements Chore {

    /** Shorter than the browser's cookie (a day). Pages, messages and docs say 15 minutes. */
    private static final String VALIDITY = "interval '15 minutes'";

    /** A service in a loop ends its own older links. */
    private static final int MOST_OF_USER = 20;

    private static final String INSERT = """
            with older as (
                delete from account_page_link where link_hash in (
                    select link_hash from account_page_link where tenant = $2 and user_id = $3
                     order by expires_at desc offset %d))
            insert into account_page_link (link_hash, tenant, user_id, expires_at)
            values ($1, $2, $3, now() + %s)
            returning expires_at
            """.formatted(MOST_OF_USER - 1, VALIDITY);

    private static final String FIND = """
            select link_hash, tenant, user_id, browser_hash, disconnected_at, expires_at > now() as is_live
              from account_page_link where link_hash = $1
            """;

    /** Only the first opening is written to the audit. */
    private static final String OPEN = """
            with opened as (
                update account_page_link set browser_hash = $2
                 where link_hash = $1 and browser_hash is null and expires_at > now()
                returning tenant, user_id)
            %s
            """.formatted(Entries.write(Action.ACCOUNT_PAGE_OPEN, "$3::text", "opened"));

    private static final String DISCONNECTED =
            "update account_page_link set disconnected_at = coalesce(disconnected_at, now()) where link_hash = $1";

    @Schema(
            name = "AccountPageLink",
            description = "A link to the page that shows a user the connection",
            requiredProperties = {"url", "expiresAt"})
    record Issued(
            @Schema(
                    description = "Page where the user sees the connection and can end it",
                    examples = "https://meetgate.example.com/account/4fzGN0YkwQ7m2pXsB8eRtLuVd1aKcHjI5oZy9n3fE")
            URI url,

            @Schema(description = "End of the link's validity", examples = "2027-01-15T09:15:00Z")
            Instant expiresAt) {}

    /** A link as it is now. */
    record Stored(Buffer hash, User user, @Nullable Buffer browserHash, boolean hasDisconnected, boolean isLive) {

        private static Stored of(Row row) {
            return new Stored(
                    row.getDelegate().getBuffer("link_hash"),
                    new User(row.getString("tenant"), row.getString("user_id")),
                    row.getDelegate().getBuffer("browser_hash"),
                    row.getOffsetDateTime("disconnected_at") != null,
                    row.getBoolean("is_live"));
        }

        boolean isOpen() {
            return browserHash != null;
        }

        boolean isOf(@Nullable Secret browser) {
            return browser != null && Buffer.buffer(browser.sha256()).equals(browserHash);
        }
    }

    private final Postgres postgres;
    private final PublicUrl publicUrl;
    private final Tenants tenants;

    AccountPageLinks(Postgres postgres, PublicUrl publicUrl, Tenants tenants) {
        this.postgres = postgres;
        this.publicUrl = publicUrl;
        this.tenants = tenants;
    }

    Uni<Issued> issue(User user) {
        Secret secret = Secret.random();
        return postgres.execute(INSERT, Buffer.buffer(secret.sha256()), user.tenant(), user.id())
                .map(rows -> new Issued(
                        publicUrl.of("/account/" + secret.reveal()),
                        rows.iterator().next().getOffsetDateTime("expires_at").toInstant()));
    }

    /**
     * The link, also for a day after its end, or null if it is unknown, or of a tenant that has no settings
     * any more.
     */
    Uni<@Nullable Stored> find(Secret secret) {
        return postgres.execute(FIND, Tuple.of(Buffer.buffer(secret.sha256())))
                .map(rows -> Rows.only(rows, Stored::of))
                .map(link -> link == null || tenants.named(link.user().tenant()) == null ? null : link);
    }

    /** Gives the link to this browser, unless another one has it. */
    Uni<Void> open(Stored link, Secret browser) {
        var values = Tuple.of(
                link.hash(), Buffer.buffer(browser.sha256()), Origin.current().json());
        return postgres.execute(OPEN, values).replaceWithVoid();
    }

    Uni<Void> noteDisconnected(Stored link) {
        return postgres.execute(DISCONNECTED, Tuple.of(link.hash())).replaceWithVoid();
    }

    /** Deletes those of a tenant that has no settings any more. Returns how many there were. */
    Uni<Integer> deleteAll(String tenant) {
        return Expiry.deleteOf(tenant, postgres, "account_page_link", "link_hash");
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.delete(postgres, "account_page_link", "link_hash", ConnectLinks.ENDED_A_DAY_AGO, mayGoOn);
    }
}
