package dev.meetgate.vault;

import dev.meetgate.secret.Secret;
import io.smallrye.mutiny.Uni;

/** Where one call to GoTo gets its access token from. A REST client's method takes it as {@code @NotBody}. */
@FunctionalInterface
public interface Bearer {

    /** Asked each time the call is sent: once, and once more after GoTo has rejected the token. */
    Uni<Secret> accessToken();
}
