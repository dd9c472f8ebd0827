package dev.meetgate.caller;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A credential of the settings, for operators to see. It does not have what the credential is recognized by.
 *
 * @param endsAt null if it has no end
 * @param refusedAt when this replica last refused it because of its end
 */
public record Credential(
        String tenant,
        Actor.Kind kind,
        String name,
        List<String> scopes,
        @Nullable Instant endsAt,
        @Nullable Instant refusedAt) {

    public boolean hasEnded(Instant now) {
        return endsAt != null && now.isAfter(endsAt);
    }
}
