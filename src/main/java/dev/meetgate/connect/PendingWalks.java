package dev.meetgate.connect;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.Entries;
import dev.meetgate.caller.Origin;
import dev.meetgate.caller.Tenants;
import dev.meetgate.caller.User;
import dev.meetgate.connect.AuthorizationRequests.Attempt;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Sealer;
import dev.meetgate.secret.Secret;
import dev.meetgate.vault.Consents;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Walks that wait after the consent, for the application or for the person's word. The row of the link
 * decides who comes first. The link stores the code's hash. The attempt keeps the code sealed, for a
 * callback that comes again.
 */
@Singleton
class PendingWalks {

    /** Guessing a verifier of RFC 7636 is hopeless. This bound is for verifiers that are not random. */
    private static final int MOST_WRONG_VERIFIERS = 10;

    private static final String FINISH_CODE = "finish_code";

    private static final String BEGIN = """
            with attempt as (
                select state_hash, tenant, user_id, outcome from authorization_request
                 where state_hash = :state and (outcome is null or outcome = 'PENDING') for update),
            waiting as (
                update authorization_request
                   set outcome = 'PENDING', sealed_code_verifier = :sealedCode, expires_at = now() + interval '10 minutes'
                 where state_hash = (select state_hash from attempt)),
            others as (
                update authorization_request set outcome = 'NOT_FINISHED', sealed_code_verifier = null
                 where link_hash = :link and state_hash <> :state and outcome = 'PENDING'),
            audited as (
                %s)
            update connect_link
               set outcome = 'PENDING', sealed_secret = null, code_hash = :code, wrong_verifiers = 0,
                   finish_until = now() + interval '10 minutes', finished_at = null
             where link_hash = :link and exists (select from attempt)
               and coalesce(outcome, '') not in ('CONNECTED', 'DISCONNECTED')
            """.formatted(
                    Entries.write(Action.CONNECTION_CONSENT, "cast(:origin as text)", "attempt where outcome is null"));

    private static final String CODE = "select sealed_code_verifier from authorization_request where state_hash = $1";

    private static final String COLUMNS = StoredLink.COLUMNS + ", finish_until, finish_until > now() as is_open";

    private static final String FIND = "select %s from connect_link where code_hash = $1".formatted(COLUMNS);

    /** The row's lock makes guesses wait for each other, so that as many are compared as may be wrong. */
    private static final String COMPARE = """
            update connect_link
               set wrong_verifiers = wrong_verifiers + case when code_challenge = $4 then 0 else 1 end
             where code_hash = $1 and tenant = $2 and user_id = $3 and code_challenge is not null
               and wrong_verifiers < %d
            returning code_challenge = $4 as is_right, %s
            """.formatted(MOST_WRONG_VERIFIERS, COLUMNS);

    /** A link with a challenge, and whether the verifier is that of the challenge. */
    record Compared(PendingWalk waiting, boolean isRight) {}

    private final Postgres postgres;
    private final Sealer sealer;
    private final Consents consents;
    private final Tenants tenants;

    PendingWalks(Postgres postgres, Sealer sealer, Consents consents, Tenants tenants) {
        this.tenants = tenants;
        this.postgres = postgres;
        this.sealer = sealer;
        this.consents = consents;
    }

    /**
     * Redeems the code of an attempt and lets it wait. Returns whether the user granted all requested
     * scopes; otherwise nothing is stored. Fails with {@link Failure.UnknownCallback} if the user was
     * disconnected meanwhile.
     */
    Uni<Boolean> begin(Attempt attempt, Buffer link, Secret code, Secret codeVerifier) {
        Secret finishCode = Secret.random();
        User user = attempt.user();
        byte[] sealed = sealer.seal(finishCode, FINISH_CODE, user.tenant(), user.id());
        String origin = Origin.current().json();
        return consents.hold(user, link, code, codeVerifier, () -> Panache.getSession()
                .flatMap(session -> session.createNativeQuery(BEGIN)
                        .setParameter("state", attempt.state().sha256())
                        .setParameter("link", link.getBytes())
                        .setParameter("code", finishCode.sha256())
                        .setParameter("sealedCode", sealed)
                        .setParameter("origin", origin)
                        .executeUpdate())
                .invoke(PendingWalks::checkChanged)
                .replaceWithVoid());
    }

    static void checkChanged(int rows) {
        if (rows == 0) {
            throw new Failure.UnknownCallback();
        }
    }

    /** The code of an attempt that waits, or null if it waits no more. */
    Uni<@Nullable Secret> code(Attempt attempt) {
        User user = attempt.user();
        return postgres.execute(CODE, Tuple.of(Buffer.buffer(attempt.state().sha256())))
                .<@Nullable Buffer>map(
                        rows -> Rows.only(rows, row -> row.getDelegate().getBuffer(0)))
                .map(value ->
                        value == null ? null : sealer.open(value.getBytes(), FINISH_CODE, user.tenant(), user.id()));
    }

    /** Null if none has this code, or if the tenant has no settings any more. */
    Uni<@Nullable PendingWalk> find(Secret code) {
        return postgres.execute(FIND, Tuple.of(hash(code)))
                .map(rows -> Rows.only(rows, row -> waiting(code, row)))
                .map(waiting -> waiting == null || tenants.named(waiting.user().tenant()) == null ? null : waiting);
    }

    private static PendingWalk waiting(Secret code, Row row) {
        return new PendingWalk(
                StoredLink.of(row), code, row.getOffsetDateTime("finish_until"), row.getBoolean("is_open"));
    }

    /**
     * Compares the challenge of a verifier (RFC 7636 §4.6) with the challenge of the user's link. Counts the
     * wrong ones. Null if no link with a challenge has this code, or after too many wrong verifiers. A wrong
     * verifier changes nothing else.
     */
    Uni<@Nullable Compared> compare(User user, Secret code, String challenge) {
        return postgres.execute(COMPARE, Tuple.of(hash(code), user.tenant(), user.id(), challenge))
                .map(rows -> Rows.only(rows, row -> compared(code, row)));
    }

    private static Compared compared(Secret code, Row row) {
        return new Compared(waiting(code, row), row.getBoolean("is_right"));
    }

    private static Buffer hash(Secret code) {
        return Buffer.buffer(code.sha256());
    }
}
