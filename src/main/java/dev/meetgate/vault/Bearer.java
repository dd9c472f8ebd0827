package dev.meetgate.vault;

import dev.meetgate.secret.Secret;

/**
 * The access token that one request to GoTo is sent with. A REST client's method takes it as {@code @NotBody}.
 *
 * @param hasKnownMeetings whether any of the user's meetings was known here when the token was read: a first one made since, as
 *     while the call waits for the budget, is not seen
 */
public record Bearer(Secret accessToken, boolean hasKnownMeetings) {}
