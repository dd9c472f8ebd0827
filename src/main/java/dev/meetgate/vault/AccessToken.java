package dev.meetgate.vault;

import dev.meetgate.secret.Secret;

/**
 * An access token, and what was stored of its user at the time of reading.
 *
 * @param generation of the connection's tokens
 * @param refreshable whether there is a refresh token
 * @param withKnownMeetings whether {@link HasKnownMeetings} held
 */
public record AccessToken(Secret value, long generation, boolean refreshable, boolean withKnownMeetings) {}
