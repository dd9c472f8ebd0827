package dev.meetgate.vault;

import org.jspecify.annotations.Nullable;

/** Who somebody is at GoTo. The organizer key is the user's key there. */
public record Account(
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String organizerKey,
        @Nullable String accountKey) {}
