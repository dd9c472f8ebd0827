package dev.meetgate.connect;

import dev.meetgate.caller.User;
import org.jspecify.annotations.Nullable;

/**
 * The content of a connect link.
 *
 * @param displayName the user's name on the connect page
 * @param returnUrl target of the browser after the attempt; null for MeetGate's own page
 */
record ConnectLink(User user, String displayName, @Nullable String returnUrl) {}
