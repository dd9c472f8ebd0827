package dev.meetgate.vault;

import dev.meetgate.secret.Secret;

/** An access token, with the generation of the connection's tokens, and whether there is a refresh token. */
public record AccessToken(Secret value, long generation, boolean refreshable) {}
