package dev.meetgate.vault;

import dev.meetgate.Failure;
import dev.meetgate.User;
import io.quarkus.logging.Log;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Refreshes connections that nobody has used for long: a refresh token ages, and GoTo forgets one that is not spent within a month.
 *
 * <p>One after the other, with a pause, the longest idle first; so a thousand that come due together are no stampede. That several
 * replicas do this at once does no harm: {@link TokenRefresh} refreshes each generation once.
 */
@Singleton
class KeepAlive {

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Leased ones are being refreshed already. */
    private static final String IDLE = """
            select refreshed_at, id, tenant, user_id, generation from connection
             where status = 'CONNECTED' and sealed_refresh_token is not null and refreshed_at < $1
               and (refreshed_at, id) > ($2, $3) and (lease_until is null or lease_until < clock_timestamp())
             order by refreshed_at, id limit 50
            """;

    @ConfigMapping(prefix = "meetgate")
    interface KeepAliveConfig {

        /** After how long without a refresh a connection is refreshed. */
        @WithDefault("7d")
        Duration refreshIdleAfter();
    }

    /** Where in the order of idleness we are. */
    private record Position(OffsetDateTime refreshedAt, UUID id) {
        static final Position START = new Position(Instant.EPOCH.atOffset(ZoneOffset.UTC), new UUID(0, 0));
    }

    private final Pool pool;
    private final TokenRefresh refresh;
    private final KeepAliveConfig config;

    KeepAlive(Pool pool, TokenRefresh refresh, KeepAliveConfig config) {
        this.pool = pool;
        this.refresh = refresh;
        this.config = config;
    }

    /**
     * Refreshes what is due, until then.
     *
     * @return whether that was all
     */
    Uni<Boolean> run(Instant end) {
        return from(Position.START, end)
                .onFailure(Failure.GoToUnavailable.class)
                .recoverWithItem(failure -> {
                    Log.warnf("idle connections are refreshed later: %s", failure.getMessage());
                    return false;
                });
    }

    private Uni<Boolean> from(Position position, Instant end) {
        var due = Instant.now().minus(config.refreshIdleAfter()).atOffset(ZoneOffset.UTC);
        return pool.preparedQuery(IDLE)
                .execute(Tuple.of(due, position.refreshedAt(), position.id()))
                .flatMap(rows -> rows.size() == 0
                        ? Uni.createFrom().item(true)
                        : Multi.createFrom()
                                .iterable(rows)
                                .select()
                                .first(row -> Instant.now().isBefore(end))
                                .onItem()
                                .transformToUniAndConcatenate(this::refresh)
                                .collect()
                                .last()
                                .flatMap(last -> last == null || !Instant.now().isBefore(end)
                                        ? Uni.createFrom().item(false)
                                        : from(last, end)));
    }

    private Uni<Position> refresh(Row row) {
        var user = new User(row.getString(2), row.getString(3));
        return refresh.newerThan(user, row.getLong(4))
                .replaceWithVoid()
                // Ended or disconnected: nothing to keep alive.
                .onFailure(failure ->
                        failure instanceof Failure.ReconnectRequired || failure instanceof Failure.NotConnected)
                .recoverWithNull()
                .replaceWith(new Position(row.getOffsetDateTime(0), row.getUUID(1)))
                .onItem()
                .delayIt()
                .by(PAUSE);
    }
}
