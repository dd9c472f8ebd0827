package dev.meetgate.vault;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A connection as our API shows it: everything but the tokens. */
@Schema(
        description = "The tie between a user and a GoTo account",
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
        @Schema(description = "Your own id for the person", examples = "alice")
        String user,

        @Schema(description = "Whether it works, as far as is known without asking GoTo")
        Status status,

        @Schema(description = "Why a reconnect is required, where it is") @Nullable
        Reason reason,

        @Schema(description = "Who the user is at GoTo") Account account,

        @Schema(description = "What the user granted", examples = "[\"collab:\"]")
        List<String> scopes,

        @Schema(description = "When the user last consented", examples = "2027-01-15T09:00:00Z")
        Instant connectedAt,

        @Schema(description = "When GoTo last issued tokens", examples = "2027-01-15T10:00:00Z")
        Instant refreshedAt,

        @Schema(description = "When the access token ends; it is replaced by itself", examples = "2027-01-15T11:00:00Z")
        Instant accessTokenExpiresAt,

        @Schema(description = "Counts the token sets that this connection has had", examples = "2")
        long generation) {

    @Schema(
            name = "ConnectionStatus",
            description = "`RECONNECT_REQUIRED` once GoTo honours the connection no longer. More values may come")
    public enum Status {
        CONNECTED,
        RECONNECT_REQUIRED
    }

    @Schema(name = "ReconnectReason", description = """
                    `REVOKED`: GoTo refused the refresh token. `EXPIRED`: the access token expired and there is no refresh token. \
                    `OUTCOME_UNKNOWN`: a refresh token was sent, its answer was lost, and GoTo honours the old one no longer. \
                    `SCOPE_MISSING`: the user granted less than was asked for. More values may come""")
    public enum Reason {
        REVOKED,
        EXPIRED,
        OUTCOME_UNKNOWN,
        SCOPE_MISSING
    }

    /** Whether GoTo has said who the user is; the token endpoint alone says no more than an e-mail address. */
    @JsonIgnore
    public boolean isNamed() {
        return account.organizerKey() != null;
    }
}
