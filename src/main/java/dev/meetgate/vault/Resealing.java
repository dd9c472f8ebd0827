package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.secret.Sealer;
import dev.meetgate.secret.Secret;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import dev.meetgate.vault.RevocationNotes.Note;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Seals values again with the current key. A row that changes meanwhile is skipped, because it was just
 * sealed.
 */
@Singleton
@Priority(Chore.RESEAL)
class Resealing implements Chore {

    private static final int BATCH_SIZE = 100;
    private static final UUID FIRST = new UUID(0, 0);

    private static final String COUNT = "select count(*) from connection where sealed_with = $1";

    private static final String BATCH = """
            select id, tenant, user_id, generation, sealed_access_token, sealed_refresh_token from connection
             where sealed_with = $1 and id > $2 order by id limit %d
            """.formatted(BATCH_SIZE);

    private static final String RESEAL = """
            update connection set sealed_access_token = $3, sealed_refresh_token = $4
             where id = $1 and generation = $2 and sealed_access_token = $5
            """;

    private final Postgres postgres;
    private final SealingKeys keys;
    private final TokenSealer tokens;
    private final RevocationNotes notes;

    Resealing(Postgres postgres, SealingKeys keys, TokenSealer tokens, RevocationNotes notes) {
        this.postgres = postgres;
        this.keys = keys;
        this.tokens = tokens;
        this.notes = notes;
    }

    /** Returns whether no connection and no note is left with a retired key. */
    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return keys.retired()
                .flatMap(retired -> retired.isEmpty()
                        ? Uni.createFrom().item(true)
                        : reseal(retired, mayGoOn)
                                .flatMap(resealed -> keys.retired())
                                .map(List::isEmpty));
    }

    private Uni<Void> reseal(List<String> retired, BooleanSupplier mayGoOn) {
        return Multi.createFrom()
                .iterable(retired)
                .select()
                .first(key -> mayGoOn.getAsBoolean())
                .onItem()
                .transformToUniAndConcatenate(key ->
                        count(key).flatMap(counted -> all(key, mayGoOn)).flatMap(resealed -> notes(key, mayGoOn)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> count(String key) {
        return postgres.execute(COUNT, Tuple.of(key))
                .invoke(rows -> Log.infof(
                        "%d connections are still sealed with key %s. Sealing them with the first key of"
                                + " MEETGATE_KEYS.",
                        rows.iterator().next().getLong(0), key))
                .replaceWithVoid();
    }

    private Uni<Boolean> all(String key, BooleanSupplier mayGoOn) {
        var reached = new AtomicReference<>(FIRST);
        return Expiry.inBatches(BATCH_SIZE, () -> batch(key, reached), mayGoOn);
    }

    private Uni<Integer> batch(String key, AtomicReference<UUID> reached) {
        return postgres.execute(BATCH, key, reached.get())
                .call(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(this::reseal)
                        .invoke(reached::set)
                        .collect()
                        .last())
                .map(SqlResult::size);
    }

    private Uni<Boolean> notes(String key, BooleanSupplier mayGoOn) {
        var reached = new AtomicReference<>(FIRST);
        return Expiry.inBatches(RevocationNotes.BATCH, () -> notes(key, reached), mayGoOn);
    }

    private Uni<Integer> notes(String key, AtomicReference<UUID> reached) {
        return notes.sealedWith(key, reached.get())
                .call(batch -> Multi.createFrom()
                        .iterable(batch)
                        .onItem()
                        .transformToUniAndConcatenate(note -> reseal(note).invoke(() -> reached.set(note.id())))
                        .collect()
                        .last())
                .map(List::size);
    }

    private Uni<Void> reseal(Note note) {
        try {
            return notes.reseal(note);
        } catch (Sealer.CannotOpen cannotOpen) {
            Log.errorf("The note %s of a grant to revoke cannot be resealed: %s", note.id(), cannotOpen.getMessage());
            return Uni.createFrom().voidItem();
        }
    }

    private Uni<UUID> reseal(Row row) {
        UUID id = row.getUUID(0);
        try {
            var user = new User(row.getString(1), row.getString(2));
            byte[] old = row.getBuffer(4).getBytes();
            byte[] accessToken = tokens.accessToken(tokens.openAccessToken(old, user), user);
            var values =
                    Tuple.of(id, row.getLong(3), Buffer.buffer(accessToken), resealed(row, user), Buffer.buffer(old));
            return postgres.execute(RESEAL, values).replaceWith(id);
        } catch (Sealer.CannotOpen cannotOpen) {
            Log.errorf("Connection %s cannot be resealed: %s", id, cannotOpen.getMessage());
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
