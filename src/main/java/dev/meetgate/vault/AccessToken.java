package dev.meetgate.vault;

import dev.meetgate.secret.Secret;

/**
 * An access token of a connection.
 *
 * @param generation which of the connection's token sets it belongs to
 */
public record AccessToken(Secret value, long generation) {}
