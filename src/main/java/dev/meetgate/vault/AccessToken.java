package dev.meetgate.vault;

import dev.meetgate.secret.Secret;

/** An access token, with the generation of the connection's tokens. */
public record AccessToken(Secret value, long generation) {}
