package dev.meetgate.vault;

import dev.meetgate.User;
import dev.meetgate.secret.Sealer;
import dev.meetgate.secret.Secret;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Seals again, with the key that seals now, what an older one has sealed. In batches, by whichever replica is up, several of them at
 * once if it so happens: a row that changes meanwhile is left alone, and whoever changed it sealed it with the new key.
 */
@Singleton
class Resealing {

    private static final UUID FIRST = new UUID(0, 0);

    /** Which keys have sealed something: a jump over the index for each, however many connections there are. */
    private static final String KEYS = """
            with recursive used as (
                (select sealed_with from connection order by sealed_with limit 1)
                union all
                select (select sealed_with from connection where sealed_with > used.sealed_with
                         order by sealed_with limit 1)
                  from used where used.sealed_with is not null)
            select sealed_with from used where sealed_with is not null
            union
            select encode(substring(sealed_refresh_token from 3 for get_byte(sealed_refresh_token, 1)), 'escape')
              from revocation
            """;

    private static final String COUNT = "select count(*) from connection where sealed_with = $1";

    private static final String BATCH = """
            select id, tenant, user_id, generation, sealed_access_token, sealed_refresh_token from connection
             where sealed_with = $1 and id > $2 order by id limit 100
            """;

    private static final String RESEAL = """
            update connection set sealed_access_token = $3, sealed_refresh_token = $4
             where id = $1 and generation = $2 and sealed_access_token = $5
            """;

    private final Pool pool;
    private final Sealer sealer;
    private final TokenSealer tokens;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    Resealing(Pool pool, Sealer sealer, TokenSealer tokens) {
        this.pool = pool;
        this.sealer = sealer;
        this.tokens = tokens;
    }

    /**
     * Reseals, until then.
     *
     * @return whether nothing is left that another key has sealed
     */
    Uni<Boolean> run(Instant end) {
        return keysInUse().flatMap(used -> {
            report(used);
            return Multi.createFrom()
                    .iterable(sealer.retiredKeyIds())
                    .filter(used::contains)
                    .onItem()
                    .transformToUniAndConcatenate(key -> count(key).flatMap(counted -> from(key, FIRST, end)))
                    .collect()
                    .asList()
                    .map(finished -> finished.stream().allMatch(Boolean::booleanValue));
        });
    }

    private Uni<List<String>> keysInUse() {
        return pool.preparedQuery(KEYS)
                .execute()
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .map(row -> row.getString(0))
                .collect()
                .asList();
    }

    /** Says once of each key that it may go; and every time of one that is gone too early. */
    private void report(List<String> used) {
        sealer.retiredKeyIds().stream()
                .filter(key -> !used.contains(key) && reported.add(key))
                .forEach(key -> Log.infof(
                        "nothing is sealed with key %s any more: a quarter of an hour from now MEETGATE_KEYS can do without it",
                        key));
        used.stream()
                .filter(key -> !sealer.hasKey(key))
                .forEach(key -> Log.errorf(
                        "connections are sealed with key %s, which MEETGATE_KEYS lacks: put it back, or their users must connect again",
                        key));
    }

    private Uni<Void> count(String key) {
        return pool.preparedQuery(COUNT)
                .execute(Tuple.of(key))
                .invoke(rows -> Log.infof(
                        "%d connections are still sealed with key %s; resealing them",
                        rows.iterator().next().getLong(0), key))
                .replaceWithVoid();
    }

    private Uni<Boolean> from(String key, UUID after, Instant end) {
        if (!Instant.now().isBefore(end)) {
            return Uni.createFrom().item(false);
        }
        return pool.preparedQuery(BATCH)
                .execute(Tuple.of(key, after))
                .flatMap(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(this::reseal)
                        .collect()
                        .last())
                .flatMap(last -> last == null ? Uni.createFrom().item(true) : from(key, last, end));
    }

    private Uni<UUID> reseal(Row row) {
        UUID id = row.getUUID(0);
        try {
            var user = new User(row.getString(1), row.getString(2));
            byte[] old = row.getBuffer(4).getBytes();
            byte[] accessToken = tokens.accessToken(tokens.openAccessToken(old, user), user);
            var values =
                    Tuple.of(id, row.getLong(3), Buffer.buffer(accessToken), resealed(row, user), Buffer.buffer(old));
            return pool.preparedQuery(RESEAL).execute(values).replaceWith(id);
        } catch (Sealer.CannotOpen changedBySomebody) {
            Log.errorf("connection %s cannot be resealed: %s", id, changedBySomebody.getMessage());
            return Uni.createFrom().item(id);
        }
    }

    private @Nullable Buffer resealed(Row row, User user) {
        if (row.getBuffer(5) == null) {
            return null;
        }
        Secret refreshToken = tokens.openRefreshToken(row.getBuffer(5).getBytes(), user);
        return Buffer.buffer(tokens.refreshToken(refreshToken, user));
    }
}
