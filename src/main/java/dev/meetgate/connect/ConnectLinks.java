package dev.meetgate.connect;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.problem.Failure;
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

/** Short-lived connect links for one use. The table stores their hashes. */
@Singleton
@Priority(Chore.DELETE)
class ConnectLinks implements Chore {

    private static final String INSERT = """
            insert into connect_link (link_hash, tenant, user_id, display_name, return_url, expires_at)
            values ($1, $2, $3, $4, $5, now() + interval '15 minutes')
            returning expires_at
            """;

    private static final String FIND = """
            select tenant, user_id, display_name, return_url from connect_link where link_hash = $1 and expires_at > now()
            """;

    private static final String CONSUME = """
            delete from connect_link where link_hash = $1 and expires_at > now()
            returning tenant, user_id, display_name, return_url
            """;

    /** A new link. Only its hash is stored. */
    @Schema(
            name = "ConnectLink",
            description = "A link where a user connects",
            requiredProperties = {"url", "expiresAt"})
    record Issued(
            @Schema(
                    description = "Page where the user connects. It can be used once",
                    examples = "https://meetgate.example.com/connect/4fzGN0YkwQ7m2pXsB8eRtLuVd1aKcHjI5oZy9n3fE")
            URI url,

            @Schema(description = "End of the link's validity", examples = "2027-01-15T09:15:00Z")
            Instant expiresAt) {}

    private final Postgres postgres;
    private final PublicUrl publicUrl;

    ConnectLinks(Postgres postgres, PublicUrl publicUrl) {
        this.postgres = postgres;
        this.publicUrl = publicUrl;
    }

    Uni<Issued> issue(ConnectLink link) {
        Secret secret = Secret.random();
        var values = Tuple.of(
                Buffer.buffer(secret.sha256()),
                link.user().tenant(),
                link.user().id(),
                link.displayName(),
                link.returnUrl());
        return postgres.execute(INSERT, values)
                .map(rows ->
                        rows.iterator().next().getOffsetDateTime("expires_at").toInstant())
                .map(expiresAt -> new Issued(publicUrl.of("/connect/" + secret.reveal()), expiresAt));
    }

    /** Fails with {@link Failure.UnknownCallback} if the link cannot be used, as {@link #consume} does. */
    Uni<ConnectLink> find(Secret secret) {
        return single(FIND, secret);
    }

    Uni<ConnectLink> consume(Secret secret) {
        return single(CONSUME, secret);
    }

    private Uni<ConnectLink> single(String statement, Secret secret) {
        return postgres.execute(statement, Tuple.of(Buffer.buffer(secret.sha256())))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw new Failure.UnknownCallback();
                    }
                    return link(rows.iterator().next());
                });
    }

    private static ConnectLink link(Row row) {
        var user = new User(row.getString("tenant"), row.getString("user_id"));
        return new ConnectLink(user, row.getString("display_name"), row.getString("return_url"));
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.delete(postgres, "connect_link", "link_hash", mayGoOn);
    }
}
