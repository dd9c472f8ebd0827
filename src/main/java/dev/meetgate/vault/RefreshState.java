package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the database tells operators of refreshes. */
@Singleton
public class RefreshState {

    /** Counts stop here, so that they read a bounded part of an index. */
    public static final int MOST_COUNTED = 10_000;

    private static final String WITHIN_AN_HOUR = """
            select count(*) from (
                select from connection
                 where status = 'CONNECTED' and sealed_refresh_token is not null
                   and refreshed_at > now() - interval '1 hour'
                 order by refreshed_at desc limit %d) as refreshed
            """.formatted(MOST_COUNTED);

    private static final String FAILING_SINCE = """
            select failing_since from connection
             where tenant = $1 and user_id = $2 and failing_since > refreshed_at and status = 'CONNECTED'
            """;

    private final Postgres postgres;

    RefreshState(Postgres postgres) {
        this.postgres = postgres;
    }

    /** How many connections got tokens within the last hour, at most {@link #MOST_COUNTED}. */
    public Uni<Long> withinAnHour() {
        return postgres.execute(WITHIN_AN_HOUR)
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** When GoTo began to answer this user's refreshes with errors. Null if GoTo does not. */
    public Uni<@Nullable Instant> failingSince(User user) {
        return postgres.execute(FAILING_SINCE, user.tenant(), user.id())
                .map(rows -> Rows.only(rows, row -> row.getOffsetDateTime(0).toInstant()));
    }
}
