package dev.meetgate.audit;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
    private static final String OF_USER = """
            with identity as (
                select hash from audit_identity where tenant = $1 and user_id = $2),
            chained as (
                select id, at, origin, action, target, outcome, code from audit_entry
                 where tenant = $1 and user_hash = (select hash from identity) and position is not null
                 order by position desc limit %s),
            waiting as (
                select id, at, origin, action, target, outcome, code from (
                    select * from audit_entry where tenant = $1 and hash is null order by id desc limit 2000) as newest
                 where user_id = $2 or user_hash = (select hash from identity))
            """;

    private static final String COLUMNS = """
            at, origin ->> 'kind' as kind, origin ->> 'name' as name, origin ->> 'requestId' as request,
            action, target, outcome, code from (select * from chained union all select * from waiting) as entry
            """;

    private static final String NEWEST =
            OF_USER.formatted("$3") + "select " + COLUMNS + " order by at desc, id desc limit $3";

    /** Reads of our own tables ask nothing of GoTo. Each use of the part reads an index of its own. */
    private static final String LAST_USE = """
            with identity as (
                select hash from audit_identity where tenant = $1 and user_id = $2),
            used as not materialized (
                select * from audit_entry
                 where at >= $3 and action = any ($4) and outcome = 'success'
                   and (action <> '%s' or target like '%%/meetings%%')),
            chained as (
                select id, at, origin, action, target, outcome, code from used
                 where tenant = $1 and user_hash = (select hash from identity) and position is not null
                 order by position desc limit 1),
            waiting as (
                select id, at, origin, action, target, outcome, code from used
                 where tenant = $1 and hash is null
                   and (user_id = $2 or user_hash = (select hash from identity)))
            select %s order by at desc, id desc limit 1
            """.formatted(Action.READ.word(), COLUMNS);

    /** Among a bounded number of the user's entries. */
    private static final String LAST_OF_EACH = OF_USER.formatted("10000") + "select distinct on (action) " + COLUMNS
            + " where action = any ($3) order by action, at desc, id desc";

    private final Postgres postgres;

    UserEntries(Postgres postgres) {
        this.postgres = postgres;
    }

    /** The newest success of these actions at GoTo since then, or null. */
    public Uni<@Nullable Entry> lastUse(User user, Instant since, Set<String> actions) {
        OffsetDateTime time = since.atOffset(ZoneOffset.UTC);
        return read(LAST_USE, user.tenant(), user.id(), time, actions.toArray(String[]::new))
                .map(rows -> Rows.only(rows, Entry::of));
    }

    public Uni<List<Entry>> newest(User user, int limit) {
        return read(NEWEST, user.tenant(), user.id(), limit).map(rows -> Rows.all(rows, Entry::of));
    }

    /** The newest entry of each of these actions, as far as there is one. */
    public Uni<List<Entry>> lastOfEach(User user, Action... actions) {
        String[] words = Stream.of(actions).map(Action::word).toArray(String[]::new);
        return read(LAST_OF_EACH, user.tenant(), user.id(), words).map(rows -> Rows.all(rows, Entry::of));
    }

    private Uni<RowSet<Row>> read(String statement, Object... values) {
        return Postgres.reading(postgres.execute(statement, Tuple.from(values)));
    }
}
