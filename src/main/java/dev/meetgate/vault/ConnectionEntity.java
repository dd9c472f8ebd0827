package dev.meetgate.vault;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row of a connection. {@link TokenSealer} opens its tokens. */
@Entity
@Table(name = "connection")
class ConnectionEntity {

    @Id
    UUID id = UUID.randomUUID();

    String tenant = "";

    @Column(name = "user_id")
    String userId = "";

    @Enumerated(EnumType.STRING)
    Connection.Status status = Connection.Status.CONNECTED;

    @Enumerated(EnumType.STRING)
    Connection.@Nullable Reason reason;

    @Column(name = "sealed_access_token")
    byte[] sealedAccessToken = {};

    @Column(name = "sealed_refresh_token")
    byte @Nullable [] sealedRefreshToken;

    @Column(name = "access_token_expires_at")
    Instant accessTokenExpiresAt = Instant.EPOCH;

    String scopes = "";

    @Nullable
    String email;

    @Column(name = "first_name")
    @Nullable
    String firstName;

    @Column(name = "last_name")
    @Nullable
    String lastName;

    @Column(name = "organizer_key")
    @Nullable
    String organizerKey;

    @Column(name = "account_key")
    @Nullable
    String accountKey;

    @Column(name = "previous_email")
    @Nullable
    String previousEmail;

    @Column(name = "previous_organizer_key")
    @Nullable
    String previousOrganizerKey;

    @Column(name = "previous_account_key")
    @Nullable
    String previousAccountKey;

    @Column(name = "connected_at")
    Instant connectedAt = Instant.EPOCH;

    @Column(name = "refreshed_at")
    Instant refreshedAt = Instant.EPOCH;

    long generation;

    @Column(name = "lease_owner")
    @Nullable
    UUID leaseOwner;

    @Column(name = "lease_until")
    @Nullable
    Instant leaseUntil;

    @Column(name = "failing_since")
    @Nullable
    Instant failingSince;

    @Column(name = "outcome_unknown")
    boolean outcomeUnknown;

    @Column(name = "with_challenge")
    boolean withChallenge;

    /** The {@link Consent#id} of the last consent. Null if an older version of MeetGate stored it. */
    @Column(name = "consent_id")
    @Nullable
    UUID consentId;

    Account account() {
        return new Account(email, firstName, lastName, organizerKey, accountKey);
    }

    /** The account before the last consent. Null once it is known whether the account has changed. */
    @Nullable
    Account previousAccount() {
        return previousEmail == null && previousOrganizerKey == null && previousAccountKey == null
                ? null
                : new Account(previousEmail, null, null, previousOrganizerKey, previousAccountKey);
    }

    private void previousAccount(Account account) {
        previousEmail = account.email();
        previousOrganizerKey = account.organizerKey();
        previousAccountKey = account.accountKey();
    }

    /** A new consent has only an e-mail address. The keys are unknown until GoTo tells them. */
    void consentOf(@Nullable String principal) {
        Account before = account();
        if (previousAccount() == null) {
            previousAccount(before);
        }
        boolean sameEmail = principal != null && principal.equals(before.email());
        name(sameEmail ? new Account(principal, firstName, lastName, null, null) : Account.known(principal));
    }

    /** Whether the account is known to be another one than before the last consent. */
    boolean hasChangedTo(Account account) {
        Account before = previousAccount();
        return before != null && account.isOtherThan(before);
    }

    /** Stores the name of an account that, as far as is known, has not changed. */
    void confirm(Account account) {
        if (account.organizerKey() != null || organizerKey == null) {
            name(account);
        }
        if (account.organizerKey() != null || previousOrganizerKey == null) {
            forgetPrevious();
        }
    }

    /** The connection to another account: what the database keeps with the old id does not follow. */
    void renew(Account account) {
        id = UUID.randomUUID();
        name(account);
        forgetPrevious();
    }

    private void forgetPrevious() {
        previousAccount(Account.known(null));
    }

    void name(Account account) {
        email = account.email();
        firstName = account.firstName();
        lastName = account.lastName();
        organizerKey = account.organizerKey();
        accountKey = account.accountKey();
    }

    Connection toConnection() {
        return new Connection(
                userId,
                status,
                reason,
                account(),
                scopes.isEmpty() ? List.of() : List.of(scopes.split(" ")),
                connectedAt,
                refreshedAt,
                accessTokenExpiresAt,
                generation);
    }
}
