package dev.meetgate.vault;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.Entries;
import dev.meetgate.caller.Origin;
import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.events.EventType;
import dev.meetgate.events.Events;
import dev.meetgate.secret.Secret;
import dev.meetgate.upkeep.Expiry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Sealed notes of grants to revoke. The statement that erases or replaces a connection also writes one.
 *
 * <p>A server may end all grants of an account when one is revoked. A note is therefore held while a
 * connection or a consent that waits has the same account.
 */
@Singleton
class RevocationNotes {

    /** How many notes are claimed at once. */
    static final int BATCH = 20;

    record Note(UUID id, User user, Buffer sealedRefreshToken, boolean held) {

        static Note of(Row row) {
            return new Note(
                    row.getUUID("id"),
                    new User(row.getString("tenant"), row.getString("user_id")),
                    row.getDelegate().getBuffer("sealed_refresh_token"),
                    row.getBoolean("held"));
        }
    }

    private static final String OF_CONSENTS = "tenant, user_id, sealed_refresh_token, email";
    private static final String OF_CONNECTIONS = OF_CONSENTS + ", organizer_key";

    /** The first pause leaves time for the immediate attempt. */
    private static final String SOON = "interval '1 minute'";

    private static final String ERASE = """
            with erased as (
                delete from connection where tenant = $1 and user_id = $2 returning *),
            told as (
                %s),
            audited as (
                %s),
            noted as (
                %s)
            select id from erased
            """.formatted(
                    ConnectionEvents.write(EventType.CONNECTION_DISCONNECTED, "erased"),
                    Entries.write(Action.CONNECTION_DISCONNECT, "$3::text", "erased"),
                    write(OF_CONNECTIONS, SOON, "erased"));

    private static final String ADD = """
            insert into revocation (id, %s, created_at, next_attempt_at)
            values (gen_random_uuid(), $1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp() + %s)
            """.formatted(OF_CONNECTIONS, SOON);

    /** Notes the grant of a connection whose tokens are about to be replaced, unless GoTo has ended it. */
    static final String OF_REPLACED =
            write(OF_CONNECTIONS, SOON, "connection") + " and id = :connection and reason is distinct from 'REVOKED'";

    /**
     * Whether the GoTo account of a note is in use: by a working connection with its key, or with its e-mail
     * address where a key is missing, or by a waiting consent with its address. The user's own connection or
     * consent counts, unless its account is known to be another one. Connections and consents of other users
     * without key and address do not count.
     */
    private static final String IS_HELD = """
            exists (select 1 from connection
                     where organizer_key = revocation.organizer_key and status = 'CONNECTED')
            or exists (select 1 from connection
                        where lower(email) = lower(revocation.email) and status = 'CONNECTED'
                          and (organizer_key is null or revocation.organizer_key is null))
            or exists (select 1 from connection
                        where tenant = revocation.tenant and user_id = revocation.user_id and status = 'CONNECTED'
                          and (coalesce(previous_organizer_key, previous_account_key, previous_email) is not null
                               or coalesce(organizer_key = revocation.organizer_key,
                                           lower(email) = lower(revocation.email), true)))
            or exists (select 1 from pending_consent where lower(email) = lower(revocation.email))
            or exists (select 1 from pending_consent
                        where tenant = revocation.tenant and user_id = revocation.user_id
                          and (email is null or revocation.email is null))
            """;

    private static final String EXPIRED = "created_at < now() - interval '7 days' order by created_at";

    /**
     * The pause between tries grows from a minute to an hour. A held note is looked at every hour, and its
     * week begins again. The week of any note begins again if nobody tried for a day: then no replica was up.
     */
    private static final String CLAIM = """
            with due as materialized (
                select * from revocation where %s limit %d for update skip locked),
            claimed as materialized (
                select id, %s as held from due as revocation)
            update revocation
               set next_attempt_at = clock_timestamp() + case when held then interval '1 hour'
                   else least(interval '1 hour', greatest(interval '1 minute', clock_timestamp() - created_at)) end,
                   created_at = case when held or next_attempt_at < clock_timestamp() - interval '1 day'
                       then clock_timestamp() else created_at end
              from claimed where revocation.id = claimed.id
            returning revocation.id, tenant, user_id, sealed_refresh_token, held
            """;

    private static final String CLAIM_DUE =
            CLAIM.formatted("next_attempt_at < now() order by next_attempt_at", BATCH, IS_HELD);

    private static final String CLAIM_OF_USER =
            CLAIM.formatted("tenant = $1 and user_id = $2 order by created_at desc", BATCH, IS_HELD);

    private static final String SEALED_WITH = """
            select id, tenant, user_id, sealed_refresh_token, false as held from revocation
             where sealed_with = $1 and id > $2 order by id limit %d
            """.formatted(BATCH);

    private static final String RESEAL =
            "update revocation set sealed_refresh_token = $2 where id = $1 and sealed_refresh_token = $3";

    private static final String DONE = "delete from revocation where id = $1";

    private final Postgres postgres;
    private final TokenSealer sealer;
    private final Events events;

    RevocationNotes(Postgres postgres, TokenSealer sealer, Events events) {
        this.postgres = postgres;
        this.sealer = sealer;
        this.events = events;
    }

    /** Notes the grants of a relation of consents. */
    static String soon(String relation) {
        return write(OF_CONSENTS, SOON, relation);
    }

    static String now(String relation) {
        return write(OF_CONSENTS, "interval '0'", relation);
    }

    private static String write(String columns, String pause, String relation) {
        return """
            insert into revocation (id, %1$s, created_at, next_attempt_at)
            select gen_random_uuid(), %1$s, clock_timestamp(), clock_timestamp() + %2$s
              from %3$s where sealed_refresh_token is not null
            """.formatted(columns, pause, relation);
    }

    /** Erases the user's connection, and notes its grant. Returns whether there was one. */
    Uni<Boolean> erase(User user, Origin origin) {
        return postgres.execute(ERASE, user.tenant(), user.id(), origin.json())
                .invoke(() -> events.written(user.tenant()))
                .map(erased -> erased.size() > 0);
    }

    /** Notes a grant whose tokens are stored nowhere. */
    Uni<Void> add(User user, Account account, Secret refreshToken) {
        var note = Tuple.of(
                user.tenant(),
                user.id(),
                Buffer.buffer(sealer.refreshToken(refreshToken, user)),
                account.email(),
                account.organizerKey());
        return Postgres.persistently(postgres.execute(ADD, note)).replaceWithVoid();
    }

    /** The notes of which a try is due. Nobody else gets them before the next one is. */
    Uni<List<Note>> claimDue() {
        return postgres.execute(CLAIM_DUE).map(rows -> Rows.all(rows, Note::of));
    }

    /** The notes of a user, due or not. */
    Uni<List<Note>> claim(User user) {
        return postgres.execute(CLAIM_OF_USER, Tuple.of(user.tenant(), user.id()))
                .map(rows -> Rows.all(rows, Note::of));
    }

    /** Fails with {@link dev.meetgate.secret.Sealer.CannotOpen}. */
    Secret refreshToken(Note note) {
        return sealer.openRefreshToken(note.sealedRefreshToken().getBytes(), note.user());
    }

    /** Deletes the note of a grant that GoTo has revoked. */
    Uni<Void> delete(Note note) {
        return postgres.execute(DONE, Tuple.of(note.id())).replaceWithVoid();
    }

    /** Deletes the notes whose week is over. */
    Uni<Boolean> deleteExpired(BooleanSupplier mayGoOn) {
        return Expiry.delete(postgres, "revocation", "id", EXPIRED, mayGoOn);
    }

    /** The notes that a key sealed, after this id. */
    Uni<List<Note>> sealedWith(String key, UUID after) {
        return postgres.execute(SEALED_WITH, key, after).map(rows -> Rows.all(rows, Note::of));
    }

    /** Seals the note with the current key. Fails with {@link dev.meetgate.secret.Sealer.CannotOpen}. */
    Uni<Void> reseal(Note note) {
        Buffer resealed = Buffer.buffer(sealer.refreshToken(refreshToken(note), note.user()));
        return postgres.execute(RESEAL, Tuple.of(note.id(), resealed, note.sealedRefreshToken()))
                .replaceWithVoid();
    }
}
