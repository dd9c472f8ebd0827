package dev.meetgate.meetings;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(description = "Organizer of a meeting")
public record Organizer(
        @Schema(description = "GoTo's key of the user", examples = "1234567890123456789") @Nullable
        String organizerKey,

        @Schema(description = "E-mail address", examples = "jane.doe@example.com") @Nullable
        String email,

        @Schema(description = "First name", examples = "Jane") @Nullable
        String firstName,

        @Schema(description = "Last name", examples = "Doe") @Nullable
        String lastName,

        @Schema(description = "Group of the organizer. Present in lists of a group", examples = "Sales") @Nullable
        String groupName) {

    /** Null if GoTo sends neither a key nor an e-mail address. */
    public static @Nullable Organizer of(
            @Nullable String organizerKey,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String groupName) {
        return organizerKey == null && email == null
                ? null
                : new Organizer(organizerKey, email, firstName, lastName, groupName);
    }
}
