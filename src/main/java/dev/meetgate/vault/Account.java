package dev.meetgate.vault;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(description = "A user's GoTo account. Members that GoTo does not tell are absent")
public record Account(
        @Schema(description = "E-mail address", examples = "jane.doe@example.com") @Nullable
        String email,

        @Schema(description = "First name", examples = "Jane") @Nullable
        String firstName,

        @Schema(description = "Last name", examples = "Doe") @Nullable
        String lastName,

        @Schema(description = "GoTo's key of the user", examples = "1234567890123456789") @Nullable
        String organizerKey,

        @Schema(description = "GoTo's key of the user's organization", examples = "9876543210987654321") @Nullable
        String accountKey) {

    static Account known(@Nullable String email) {
        return new Account(email, null, null, null, null);
    }

    /** Keys decide. An e-mail address can change, and decides only where a key is missing. */
    boolean isOtherThan(Account before) {
        if (organizerKey != null && before.organizerKey != null) {
            return !organizerKey.equals(before.organizerKey);
        }
        if (accountKey != null && before.accountKey != null && !accountKey.equals(before.accountKey)) {
            return true;
        }
        return email != null && before.email != null && !email.equalsIgnoreCase(before.email);
    }

    Account withEmailUnlessKnown(@Nullable String other) {
        return email == null ? new Account(other, firstName, lastName, organizerKey, accountKey) : this;
    }
}
