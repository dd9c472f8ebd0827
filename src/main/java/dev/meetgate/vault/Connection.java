package dev.meetgate.vault;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(
        description = "The connection between a user and a GoTo account",
        requiredProperties = {
            "user",
            "status",
            "account",
            "scopes",
            "connectedAt",
            "refreshedAt",
            "accessTokenExpiresAt",
            "generation"
        })
public record Connection(
        @Schema(description = "Your own id of the person", examples = "alice")
        String user,

        @Schema(description = "Whether the connection works, as of the last call to GoTo")
        Status status,

        @Schema(description = "Why the user must connect again. Absent while connected") @Nullable
        Reason reason,

        @Schema(description = "The user's GoTo account") Account account,

        @Schema(description = "Scopes that the user granted", examples = "[\"collab:\"]")
        List<String> scopes,

        @Schema(description = "Time of the user's last consent", examples = "2027-01-15T09:00:00Z")
        Instant connectedAt,

        @Schema(description = "Time when GoTo last issued tokens", examples = "2027-01-15T10:00:00Z")
        Instant refreshedAt,

        @Schema(
                description = "End of the access token's validity. MeetGate refreshes it when needed",
                examples = "2027-01-15T11:00:00Z")
        Instant accessTokenExpiresAt,

        @Schema(description = "Number of token sets that this connection has had", examples = "2")
        long generation) {

    @Schema(
            name = "ConnectionStatus",
            description = "`RECONNECT_REQUIRED`: GoTo no longer accepts the connection. New values may be added")
    public enum Status {
        CONNECTED,
        RECONNECT_REQUIRED
    }

    @Schema(name = "ReconnectReason", description = """
                    `REVOKED`: GoTo refused the refresh token. `EXPIRED`: the access token expired and there is no refresh token. \
                    `OUTCOME_UNKNOWN`: the answer to a refresh was lost, and GoTo no longer accepts the old refresh token. \
                    `SCOPE_MISSING`: the user granted fewer scopes than requested. New values may be added""")
    public enum Reason {
        REVOKED,
        EXPIRED,
        OUTCOME_UNKNOWN,
        SCOPE_MISSING
    }

    /** Whether GoTo has returned the account. The token endpoint only returns an e-mail address. */
    @JsonIgnore
    public boolean isNamed() {
        return account.organizerKey() != null;
    }
}
