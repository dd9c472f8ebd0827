package dev.meetgate.vault;

import dev.meetgate.caller.Origin;
import dev.meetgate.caller.User;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.oauth.TokenResponse;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Sealer;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import dev.meetgate.vault.RevocationNotes.Note;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Revokes grants at GoTo (RFC 7009), as {@link RevocationNotes} tells. MeetGate retries until GoTo has
 * revoked the grant or the note expires.
 */
@Singleton
@Priority(Chore.REVOKE)
class Revocations implements Chore {

    private final RevocationNotes notes;
    private final AuthorizationServer authorizationServer;

    Revocations(RevocationNotes notes, AuthorizationServer authorizationServer) {
        this.notes = notes;
        this.authorizationServer = authorizationServer;
    }

    /** Erases the user's connection, and revokes its grant. Returns whether there was one. */
    Uni<Boolean> erase(User user, Origin origin) {
        return notes.erase(user, origin).call(erased -> revoke(user));
    }

    /** Revokes tokens that are stored nowhere. */
    Uni<Void> revokeOrphaned(User user, Account account, TokenResponse tokens) {
        if (tokens.refreshToken() == null) {
            return Uni.createFrom().voidItem();
        }
        return notes.add(user, account, tokens.refreshToken()).flatMap(added -> revoke(user));
    }

    /** Revokes the ended grants of a user now. */
    Uni<Void> revoke(User user) {
        var silence = new AtomicBoolean();
        return notes.claim(user).flatMap(claimed -> revokeAll(claimed, () -> !silence.get(), silence));
    }

    /** Retries the due revocations, then deletes notes whose week is over. */
    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        // The silence of GoTo costs seconds for each note, which the next chores need.
        var silence = new AtomicBoolean();
        BooleanSupplier isHeard = () -> mayGoOn.getAsBoolean() && !silence.get();
        return Expiry.inBatches(RevocationNotes.BATCH, () -> retry(isHeard, silence), isHeard)
                .flatMap(tried ->
                        tried ? notes.deleteExpired(mayGoOn) : Uni.createFrom().item(false));
    }

    private Uni<Integer> retry(BooleanSupplier mayGoOn, AtomicBoolean silence) {
        return notes.claimDue().call(due -> revokeAll(due, mayGoOn, silence)).map(List::size);
    }

    private Uni<Void> revokeAll(List<Note> claimed, BooleanSupplier mayGoOn, AtomicBoolean silence) {
        return Multi.createFrom()
                .iterable(claimed)
                .select()
                .first(note -> mayGoOn.getAsBoolean())
                .select()
                .where(note -> !note.held())
                .onItem()
                .transformToUniAndConcatenate(note -> revoke(note, silence))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> revoke(Note note, AtomicBoolean silence) {
        return Uni.createFrom()
                .item(() -> notes.refreshToken(note))
                .flatMap(authorizationServer::revoke)
                .onFailure(failure -> failure instanceof Failure.GoToUnavailable unavailable && !unavailable.isAnswer())
                .invoke(() -> silence.set(true))
                .flatMap(revoked -> notes.delete(note))
                .onFailure(failure -> failure instanceof Failure || failure instanceof Sealer.CannotOpen)
                .recoverWithItem(failure -> {
                    Log.warnf("An ended grant could not be revoked and is tried again later: %s", failure.getMessage());
                    return null;
                });
    }
}
