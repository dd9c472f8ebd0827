package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the tokens for a call. One statement without session or transaction, because every call needs it. */
@Singleton
class StoredTokens {

    private final Postgres postgres;
    private final TokenSealer sealer;
    private final String ofUser;

    StoredTokens(Postgres postgres, TokenSealer sealer, HasKnownMeetings hasKnownMeetings) {
        this.postgres = postgres;
        this.sealer = sealer;
        this.ofUser = """
            select status, generation, sealed_access_token, sealed_refresh_token is not null,
                   refreshed_at, access_token_expires_at, lease_owner is null,
                   case when lease_until > clock_timestamp()
                        then extract(epoch from lease_until - clock_timestamp())::float8 end,
                   coalesce(lease_seen < clock_timestamp() - interval '3 seconds', false),
                   %s
              from connection where tenant = $1 and user_id = $2
            """.formatted(hasKnownMeetings.condition("connection.tenant", "connection.user_id"));
    }

    /** Fails with {@link Failure.NotConnected} or {@link Failure.ReconnectRequired}. */
    Uni<TokenSet> of(User user) {
        return postgres.execute(ofUser, Tuple.of(user.tenant(), user.id())).map(rows -> {
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
                        sealer.openAccessToken(row.getBuffer(2).getBytes(), user),
                        row.getLong(1),
                        row.getBoolean(3),
                        row.getBoolean(9)),
                lease(row),
                row.getOffsetDateTime(4).toInstant(),
                row.getOffsetDateTime(5).toInstant());
    }

    private static Lease.@Nullable Seen lease(Row row) {
        Double left = row.getDouble(7);
        if (left == null) {
            return null;
        }
        Lease.State state =
                row.getBoolean(6) ? Lease.State.RESTING : row.getBoolean(8) ? Lease.State.SILENT : Lease.State.AT_WORK;
        return new Lease.Seen(state, Duration.ofMillis((long) (left * 1000)));
    }
}
