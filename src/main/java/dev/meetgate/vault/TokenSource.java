package dev.meetgate.vault;

import dev.meetgate.secret.Secret;
import io.smallrye.mutiny.Uni;

/** Where one call has its access token from. */
@FunctionalInterface
interface TokenSource {

    /** Asked before each request. */
    Uni<Secret> accessToken();

    /** GoTo did not accept the last one. */
    default void rejected() {}
}
