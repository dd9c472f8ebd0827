package dev.meetgate.console;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Calls for a user that failed in the same way.
 *
 * @param operation the method and the template of the path
 * @param requestId of the last one
 * @param atGoTo GoTo's status and known code
 * @param field the field of the request that was refused
 */
record FailedCall(
        String operation,
        String code,
        long number,
        Instant firstAt,
        Instant lastAt,
        String requestId,
        @Nullable String atGoTo,
        @Nullable String field,
        Explained cause,
        @JsonIgnore Cause why) {

    static FailedCall of(Row row, ConsoleTexts texts) {
        String code = row.getString("code");
        Cause why = Cause.of(code, row.getString("detail"));
        return new FailedCall(
                row.getString("operation"),
                code,
                row.getLong("number"),
                row.getOffsetDateTime("first_at").toInstant(),
                row.getOffsetDateTime("last_at").toInstant(),
                row.getString("request_id"),
                row.getString("at_goto"),
                row.getString("field"),
                Explained.of(why, texts),
                why);
    }
}
