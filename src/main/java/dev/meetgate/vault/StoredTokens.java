package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/** Reads the tokens for a call. One statement without session or transaction, because every call needs it. */
@Singleton
class StoredTokens {

    private static final String OF_USER = """
            select status, generation, sealed_access_token, sealed_refresh_token is not null,
                   coalesce(lease_until > clock_timestamp(), false), refreshed_at, access_token_expires_at
              from connection where tenant = $1 and user_id = $2
            """;

    private final Postgres postgres;
    private final TokenSealer sealer;

    StoredTokens(Postgres postgres, TokenSealer sealer) {
        this.postgres = postgres;
        this.sealer = sealer;
    }

    /** Fails with {@link Failure.NotConnected} or {@link Failure.ReconnectRequired}. */
    Uni<TokenSet> of(User user) {
        return postgres.execute(OF_USER, Tuple.of(user.tenant(), user.id())).map(rows -> {
            if (rows.size() == 0) {
                throw new Failure.NotConnected();
            }
            return tokens(user, rows.iterator().next());
        });
    }

    private TokenSet tokens(User user, Row row) {
        if (!row.getString(0).equals(Connection.Status.CONNECTED.name())) {
            throw new Failure.ReconnectRequired();
        }
        return new TokenSet(
                user,
                new AccessToken(
                        sealer.openAccessToken(row.getBuffer(2).getBytes(), user), row.getLong(1), row.getBoolean(3)),
                row.getBoolean(4),
                row.getOffsetDateTime(5).toInstant(),
                row.getOffsetDateTime(6).toInstant());
    }
}
