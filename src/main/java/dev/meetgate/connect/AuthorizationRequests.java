package dev.meetgate.connect;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
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
 * The current attempts to connect (RFC 6749 §4.1.1). One statement consumes an attempt, so that its code is
 * redeemed at most once.
 */
@Singleton
@Priority(Chore.DELETE)
class AuthorizationRequests implements Chore, SealedTable {

    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final String CODE_VERIFIER = "code_verifier";

    private static final String INSERT = """
            insert into authorization_request
                (state_hash, browser_hash, tenant, user_id, return_url, sealed_code_verifier, expires_at)
            values ($1, $2, $3, $4, $5, $6, now() + interval '%d seconds')
            """.formatted(LIFETIME.toSeconds());

    private static final String CONSUME = """
            delete from authorization_request where state_hash = $1 and browser_hash = $2 and expires_at > now()
            returning tenant, user_id, return_url, sealed_code_verifier
            """;

    /** The secrets that only the starting browser receives. */
    record Begun(Secret state, Secret browser, Secret codeVerifier) {}

    record Consumed(User user, @Nullable String returnUrl, Secret codeVerifier) {}

    private final Postgres postgres;
    private final Sealer sealer;

    AuthorizationRequests(Postgres postgres, Sealer sealer) {
        this.postgres = postgres;
        this.sealer = sealer;
    }

    Uni<Begun> begin(ConnectLink link) {
        var begun = new Begun(Secret.random(), Secret.random(), Secret.random());
        User user = link.user();
        var values = Tuple.from(new Object[] {
            Buffer.buffer(begun.state.sha256()),
            Buffer.buffer(begun.browser.sha256()),
            user.tenant(),
            user.id(),
            link.returnUrl(),
            Buffer.buffer(sealer.seal(begun.codeVerifier, CODE_VERIFIER, user.tenant(), user.id()))
        });
        return postgres.execute(INSERT, values).replaceWith(begun);
    }

    /** Fails with {@link Failure.UnknownCallback} if the attempt cannot be used by this browser. */
    Uni<Consumed> consume(Secret state, Secret browser) {
        var values = Tuple.of(Buffer.buffer(state.sha256()), Buffer.buffer(browser.sha256()));
        return postgres.execute(CONSUME, values).map(rows -> {
            if (rows.size() == 0) {
                throw new Failure.UnknownCallback();
            }
            return consumed(rows.iterator().next());
        });
    }

    private Consumed consumed(Row row) {
        var user = new User(row.getString("tenant"), row.getString("user_id"));
        byte[] sealed = row.getBuffer("sealed_code_verifier").getBytes();
        Secret codeVerifier = sealer.open(sealed, CODE_VERIFIER, user.tenant(), user.id());
        return new Consumed(user, row.getString("return_url"), codeVerifier);
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.delete(postgres, "authorization_request", "state_hash", mayGoOn);
    }

    @Override
    public Uni<List<String>> sealingKeys() {
        return SealedTable.keysIn("authorization_request", postgres);
    }
}
