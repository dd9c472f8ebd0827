package dev.meetgate.connect;

import dev.meetgate.caller.User;
import dev.meetgate.secret.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/**
 * A connect link as it is now. A used link is kept for a while, so that a person who comes late finds a way
 * on.
 *
 * @param browserHash the browser that began; no other may use the link then
 * @param outcome the end of the last attempt, until the next one begins
 * @param isLive whether an attempt may begin
 */
record StoredLink(
        Buffer hash,
        ConnectLink content,
        @Nullable Buffer browserHash,
        @Nullable Outcome outcome,
        boolean isLive) {

    /** Reconnect links show the name that the person has seen. */
    static final String REMEMBER_NAME = """
            insert into known_name (tenant, user_id, display_name)
            select tenant, user_id, display_name from connect_link
             where link_hash = :link and display_name <> user_id
            on conflict (tenant, user_id) do update set display_name = excluded.display_name
            """;

    /** A link that has connected its user, or whose user was disconnected, is over before its time. */
    static final String IS_LIVE = "(expires_at > now() and coalesce(outcome, '') not in ('CONNECTED', 'DISCONNECTED'))";

    /** A consent that has waited too long has ended, also before anybody has noted it. */
    private static final String OUTCOME = """
            case when outcome = 'PENDING' and finish_until <= now()
                 then case when code_challenge is null then 'ACCESS_DENIED' else 'NOT_FINISHED' end
                 else outcome end
            """;

    static final String COLUMNS = """
            link_hash, tenant, user_id, display_name, return_url, state, code_challenge, browser_hash,
            %s as outcome, %s as is_live
            """.formatted(OUTCOME, IS_LIVE);

    static StoredLink of(Row row) {
        var user = new User(row.getString("tenant"), row.getString("user_id"));
        return new StoredLink(
                row.getDelegate().getBuffer("link_hash"),
                new ConnectLink(
                        user,
                        row.getString("display_name"),
                        row.getString("return_url"),
                        row.getString("state"),
                        row.getString("code_challenge")),
                row.getDelegate().getBuffer("browser_hash"),
                Outcome.stored(row.getString("outcome")),
                row.getBoolean("is_live"));
    }

    boolean isOfAnotherBrowser(@Nullable Secret browser) {
        return browserHash != null && (browser == null || !browserHash.equals(Buffer.buffer(browser.sha256())));
    }

    /** Whether this browser has begun, or has opened a link with which nobody has begun. */
    boolean isOfThisBrowser(@Nullable Secret browser) {
        return browser != null && !isOfAnotherBrowser(browser);
    }

    boolean hasBegun() {
        return browserHash != null;
    }

    boolean hasConnected() {
        return outcome == Outcome.CONNECTED;
    }
}
