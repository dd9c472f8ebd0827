package dev.meetgate.audit;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the newest entries of a user, for operators. */
@Singleton
public class UserEntries {

    /** What an entry says. */
    public record Entry(
            Instant time,
            String actorKind,
            String actor,
            String action,
            @Nullable String target,
            String outcome,
            @Nullable String code,
            String requestId) {

        private static Entry of(Row row) {
            return new Entry(
                    row.getOffsetDateTime("at").toInstant(),
                    row.getString("kind"),
                    row.getString("name"),
                    row.getString("action"),
                    row.getString("target"),
                    row.getString("outcome"),
                    row.getString("code"),
                    String.valueOf(row.getString("request")));
        }
    }

    /** Entries of the last minutes may not be in the chain yet. A bounded number of them is looked at. */
    private static final String NEWEST = """
            with identity as (
                select hash from audit_identity where tenant = $1 and user_id = $2),
            chained as (
                select id, at, origin, action, target, outcome, code from audit_entry
                 where tenant = $1 and user_hash = (select hash from identity) and position is not null
                 order by position desc limit $3),
            waiting as (
                select id, at, origin, action, target, outcome, code from (
                    select * from audit_entry where tenant = $1 and hash is null order by id desc limit 2000) as newest
                 where user_id = $2 or user_hash = (select hash from identity))
            select at, origin ->> 'kind' as kind, origin ->> 'name' as name, origin ->> 'requestId' as request,
                   action, target, outcome, code
              from (select * from chained union all select * from waiting) as entry
             order by at desc, id desc limit $3
            """;

    private final Postgres postgres;

    UserEntries(Postgres postgres) {
        this.postgres = postgres;
    }

    public Uni<List<Entry>> newest(User user, int limit) {
        return postgres.execute(NEWEST, user.tenant(), user.id(), limit)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Entry::of)
                        .toList());
    }
}
