package dev.meetgate.connect;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.Entries;
import dev.meetgate.caller.Origin;
import dev.meetgate.caller.Tenant;
import dev.meetgate.caller.User;
import dev.meetgate.connect.NewLinks.Issued;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.secret.Sealer;
import dev.meetgate.secret.Secret;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import dev.meetgate.vault.SealedTable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connect links of {@code reconnect-required}. A service may ask again and again: it gets the same link,
 * which is therefore stored sealed, until a browser begins with it or its validity ends soon.
 */
@Singleton
@Priority(Chore.QUICK)
class ReconnectLinks implements Chore, SealedTable {

    private static final String PURPOSE = "connect_link";
    private static final String REST = "interval '5 minutes'";

    private static final String FIND = """
            select sealed_secret, expires_at from connect_link
             where tenant = $1 and user_id = $2 and sealed_secret is not null and expires_at > now() + %s
            """.formatted(REST);

    /** A link that is not handed out any more still works until its end. */
    private static final String RELEASE = """
            update connect_link set sealed_secret = null
             where tenant = $1 and user_id = $2 and sealed_secret is not null and (expires_at <= now() + %s or $3)
            """.formatted(REST);

    private static final String INSERT =
            """
            with made as (
            insert into connect_link (link_hash, tenant, user_id, display_name, return_url, sealed_secret, expires_at)
            values ($1, $2, $3, $4, $5, $6, now() + %s)
            on conflict (tenant, user_id) where sealed_secret is not null do nothing
            returning tenant, user_id, expires_at),
            audited as (
                %s)
            select expires_at from made
            """.formatted(ConnectLinks.VALIDITY, Entries.write(Action.CONNECT_LINK_CREATE, "$7::text", "made"));

    /** The name of the user's last link, or else of the last page on which the user connected. */
    private static final String NAME = """
            (select display_name from connect_link
              where tenant = $1 and user_id = $2 and display_name <> user_id order by expires_at desc limit 1)
            union all
            select display_name from known_name where tenant = $1 and user_id = $2
            limit 1
            """;

    private final Postgres postgres;
    private final Sealer sealer;
    private final NewLinks links;

    ReconnectLinks(Postgres postgres, Sealer sealer, NewLinks links) {
        this.postgres = postgres;
        this.sealer = sealer;
        this.links = links;
    }

    Uni<Issued> of(Tenant tenant, User user) {
        return find(user)
                .flatMap(found ->
                        found == null ? create(tenant, user) : Uni.createFrom().item(found));
    }

    private Uni<@Nullable Issued> find(User user) {
        return postgres.execute(FIND, user.tenant(), user.id())
                .<@Nullable Issued>map(rows -> Rows.only(rows, row -> opened(user, row)))
                .onFailure(Sealer.CannotOpen.class)
                .call(() -> release(user, true))
                .onFailure(Sealer.CannotOpen.class)
                .recoverWithNull();
    }

    private Uni<Void> release(User user, boolean inAnyCase) {
        return postgres.execute(RELEASE, user.tenant(), user.id(), inAnyCase).replaceWithVoid();
    }

    private Issued opened(User user, Row row) {
        byte[] sealed = row.getBuffer("sealed_secret").getBytes();
        return links.issued(sealer.open(sealed, PURPOSE, user.tenant(), user.id()), row);
    }

    private Uni<Issued> create(Tenant tenant, User user) {
        return release(user, false)
                .flatMap(released -> postgres.execute(NAME, user.tenant(), user.id()))
                .map(rows ->
                        rows.size() == 0 ? user.id() : rows.iterator().next().getString(0))
                .flatMap(name -> insert(user, name, tenant.defaultReturnUrl()))
                // Another call may have been faster.
                .flatMap(issued ->
                        issued == null ? of(tenant, user) : Uni.createFrom().item(issued));
    }

    private Uni<@Nullable Issued> insert(User user, String name, @Nullable String returnUrl) {
        Secret secret = Secret.random();
        var values = Tuple.of(
                Buffer.buffer(secret.sha256()),
                user.tenant(),
                user.id(),
                name,
                returnUrl,
                Buffer.buffer(sealer.seal(secret, PURPOSE, user.tenant(), user.id())));
        values.addString(Origin.current().json());
        return postgres.execute(INSERT, values).map(rows -> Rows.only(rows, row -> links.issued(secret, row)));
    }

    /** Links that are not valid any more need no key. */
    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.erase(postgres, "connect_link", "link_hash", "sealed_secret", mayGoOn);
    }

    @Override
    public Uni<List<String>> sealingKeys() {
        return SealedTable.keysIn("connect_link", postgres);
    }
}
