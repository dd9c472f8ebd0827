package dev.meetgate.vault;

import dev.meetgate.secret.Secret;

/**
 * An access token, and what was known of its user when it was read.
 *
 * @param generation of the connection's tokens
 * @param refreshable whether there is a refresh token
 */
public record AccessToken(Secret value, long generation, boolean refreshable, boolean hasKnownMeetings) {}
