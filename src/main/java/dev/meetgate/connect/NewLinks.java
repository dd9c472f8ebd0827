package dev.meetgate.connect;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.Entries;
import dev.meetgate.caller.Origin;
import dev.meetgate.database.Postgres;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Makes connect links, so many at most for each user and tenant. */
@Singleton
class NewLinks {

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
                    ConnectLinks.VALIDITY,
                    MOST_OF_USER,
                    MOST_OF_TENANT,
                    Entries.write(Action.CONNECT_LINK_CREATE, "$7::text", "made"));

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

    NewLinks(Postgres postgres, PublicUrl publicUrl) {
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
}
