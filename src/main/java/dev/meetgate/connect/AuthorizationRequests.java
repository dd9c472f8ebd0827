package dev.meetgate.connect;

import dev.meetgate.caller.Tenants;
import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Sealer;
import dev.meetgate.secret.Secret;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import dev.meetgate.vault.SealedTable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The attempts to connect (RFC 6749 §4.1.1). One statement consumes an attempt, so that its code is redeemed
 * at most once. The row stays for a day and keeps the outcome for callbacks that come twice or late.
 */
@Singleton
@Priority(Chore.QUICK)
class AuthorizationRequests implements Chore, SealedTable {

    private static final Duration LIFETIME = Duration.ofMinutes(10);

    /** Nobody tries more often by hand. */
    private static final int MOST_OF_LINK = 20;

    private static final String CODE_VERIFIER = "code_verifier";

    private static final String BEGIN = """
            with begun as (
                update connect_link set browser_hash = $2, outcome = null, sealed_secret = null, tells_expiry = true
                 where link_hash = $1 and %s and (browser_hash is null or browser_hash = $2)
                   and (select count(*) from authorization_request where link_hash = $1) < %d
                returning link_hash, tenant, user_id, return_url, state)
            insert into authorization_request
                (state_hash, browser_hash, link_hash, tenant, user_id, return_url, state, sealed_code_verifier, expires_at)
            select $3, $2, link_hash, tenant, user_id, return_url, state, $4, now() + interval '%d seconds' from begun
            """.formatted(StoredLink.IS_LIVE, MOST_OF_LINK, LIFETIME.toSeconds());

    private static final String FIND = """
            select attempt.link_hash, attempt.tenant, attempt.user_id, attempt.return_url, attempt.state,
                   connect_link.code_challenge is not null as has_challenge
              from authorization_request as attempt
              left join connect_link on connect_link.link_hash = attempt.link_hash
             where state_hash = $1
            """;

    private static final String CONSUME = """
            with unused as (
                select state_hash, sealed_code_verifier from authorization_request
                 where state_hash = $1 and browser_hash = $2 and consumed_at is null and expires_at > now() for update)
            update authorization_request set consumed_at = now(), sealed_code_verifier = null
              from unused where authorization_request.state_hash = unused.state_hash and clock_timestamp() < $3
            returning unused.sealed_code_verifier
            """;

    private static final String UNDER_WAY = """
            select from authorization_request
             where link_hash = $1 and outcome is null
               and case when consumed_at is null then expires_at > now()
                        else consumed_at > now() - interval '1 minute' end
             limit 1
            """;

    /** {@link PendingEnds} ends what waits, however late, and reads its link. */
    private static final String ENDED = """
            (outcome is distinct from 'PENDING' or (
                select true from connect_link where link_hash = authorization_request.link_hash) is null)
            and %s
            """.formatted(ConnectLinks.ENDED_A_DAY_AGO);

    /** The secrets of a new attempt. */
    record Begun(Secret state, Secret codeVerifier) {}

    /** An attempt as its callback finds it. Attempts of older versions of MeetGate have no link. */
    record Attempt(Secret state, @Nullable Buffer link, boolean hasChallenge, WayBack wayBack) {

        User user() {
            return wayBack.user();
        }

        /** The name of its cookie comes from this hash. */
        Buffer cookie() {
            return link == null ? Buffer.buffer(state.sha256()) : link;
        }
    }

    private final Postgres postgres;
    private final Sealer sealer;
    private final Tenants tenants;

    AuthorizationRequests(Postgres postgres, Sealer sealer, Tenants tenants) {
        this.tenants = tenants;
        this.postgres = postgres;
        this.sealer = sealer;
    }

    /** Null if the link ended meanwhile, if another browser has begun, or after too many attempts. */
    Uni<@Nullable Begun> begin(StoredLink link, Buffer browserHash) {
        var begun = new Begun(Secret.random(), Secret.random());
        User user = link.content().user();
        var values = Tuple.of(
                link.hash(),
                browserHash,
                Buffer.buffer(begun.state.sha256()),
                Buffer.buffer(sealer.seal(begun.codeVerifier, CODE_VERIFIER, user.tenant(), user.id())));
        return postgres.execute(BEGIN, values).map(rows -> rows.rowCount() == 0 ? null : begun);
    }

    Uni<Boolean> isUnderWay(StoredLink link) {
        return postgres.execute(UNDER_WAY, Tuple.of(link.hash())).map(rows -> rows.size() > 0);
    }

    /** Fails with {@link Failure.UnknownCallback}, also for a tenant that has no settings any more. */
    Uni<Attempt> find(Secret state) {
        return postgres.execute(FIND, Tuple.of(Buffer.buffer(state.sha256()))).map(rows -> {
            Row row = Rows.only(rows, found -> found);
            if (row == null || tenants.named(row.getString("tenant")) == null) {
                throw new Failure.UnknownCallback();
            }
            return new Attempt(
                    state,
                    row.getDelegate().getBuffer("link_hash"),
                    row.getBoolean("has_challenge"),
                    new WayBack(
                            new User(row.getString("tenant"), row.getString("user_id")),
                            row.getString("return_url"),
                            row.getString("state")));
        });
    }

    /**
     * The code verifier, for the first callback of this browser in time, or null. The attempt stays unused if
     * the caller gives up before.
     */
    Uni<@Nullable Secret> consume(Attempt attempt, Secret browser, Duration patience) {
        return postgres.executeWithin(patience, CONSUME, secrets(attempt, browser))
                .map(rows -> Rows.only(rows, row -> codeVerifier(attempt.user(), row)));
    }

    private Secret codeVerifier(User user, Row row) {
        return sealer.open(row.getBuffer(0).getBytes(), CODE_VERIFIER, user.tenant(), user.id());
    }

    static Tuple secrets(Attempt attempt, Secret browser) {
        return Tuple.of(Buffer.buffer(attempt.state().sha256()), Buffer.buffer(browser.sha256()));
    }

    /** Deletes those of a tenant that has no settings any more. Returns how many there were. */
    Uni<Integer> deleteAll(String tenant) {
        return Expiry.deleteOf(tenant, postgres, "authorization_request", "state_hash");
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.erase(postgres, "authorization_request", "state_hash", "sealed_code_verifier", mayGoOn)
                .flatMap(erased -> Expiry.delete(postgres, "authorization_request", "state_hash", ENDED, mayGoOn)
                        .map(deleted -> erased && deleted));
    }

    @Override
    public Uni<List<String>> sealingKeys() {
        return SealedTable.keysIn("authorization_request", postgres);
    }
}
