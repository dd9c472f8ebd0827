package dev.meetgate.vault;

import io.smallrye.mutiny.Uni;

/** Where one call has its bearer from. */
@FunctionalInterface
interface TokenSource {

    /** Asked before each request. */
    Uni<Bearer> bearer();

    /** GoTo did not accept the last one. */
    default void rejected() {}
}
