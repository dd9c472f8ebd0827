package dev.meetgate.connect;

import dev.meetgate.caller.User;
import org.jspecify.annotations.Nullable;

/**
 * What a connect link is for.
 *
 * @param displayName what the connect page calls the user
 * @param returnUrl where the browser goes in the end; our own page, where it is absent
 */
record ConnectLink(User user, String displayName, @Nullable String returnUrl) {}
