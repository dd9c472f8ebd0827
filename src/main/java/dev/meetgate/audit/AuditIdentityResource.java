package dev.meetgate.audit;

import dev.meetgate.caller.Caller;
import dev.meetgate.caller.Origin;
import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Singleton
@Authenticated
@Tag(ref = "Audit")
@Path("/v1/users/{user}/audit-identity")
class AuditIdentityResource {

    /**
     * Entries that are not in the chain yet are hashed with a salt that nobody keeps. The statement locks in
     * the order of {@link Bodies}: entries by their id, then the identity.
     */
    private static final String ERASE = """
            with unchained as (
                select id from audit_entry where tenant = $1 and user_id = $2 and hash is null order by id for update),
            gone as (
                delete from audit_identity
                 where tenant = $1 and user_id = $2 and (select count(*) from unchained) >= 0
                returning tenant),
            hidden as (
                update audit_entry set user_id = null, user_hash = sha256(uuid_send(gen_random_uuid()))
                 where id = any (array(select id from unchained))
                returning tenant)
            insert into audit_entry (tenant, action, outcome, origin)
            select $1, $3, 'success', $4::text::json where exists (select from gone) or exists (select from hidden)
            """;

    private final Caller caller;
    private final Postgres postgres;

    AuditIdentityResource(Caller caller, Postgres postgres) {
        this.caller = caller;
        this.postgres = postgres;
    }

    @DELETE
    @PermissionsAllowed("audit:erase")
    @SecurityRequirement(name = "apiKey", scopes = "audit:erase")
    @Operation(
            operationId = "eraseAuditIdentity",
            summary = "Erase a user's id from the audit",
            description = "Erases who the user is in all entries that the audit has now. The entries stay, and their"
                    + " hashes can still be verified. Entries that are written later name the user again: disconnect"
                    + " the user first. Answers 204 also for an unknown user.")
    public Uni<Void> eraseIdentity(@PathParam("user") String user) {
        User known = caller.user(user);
        String origin = Origin.current().json();
        // The second one sees what others were storing when the first one began.
        return erase(known, origin).flatMap(erased -> erase(known, origin)).replaceWithVoid();
    }

    private Uni<RowSet<Row>> erase(User user, String origin) {
        return postgres.execute(ERASE, user.tenant(), user.id(), Action.IDENTITY_ERASE.word(), origin);
    }
}
