package dev.meetgate.connect;

import dev.meetgate.caller.User;
import org.jspecify.annotations.Nullable;

/**
 * The content of a connect link. Without a return URL, the user sees MeetGate's own page.
 *
 * @param codeChallenge of RFC 7636 with S256. The walk then waits until the application shows the verifier
 */
record ConnectLink(
        User user,
        String displayName,
        @Nullable String returnUrl,
        @Nullable String state,
        @Nullable String codeChallenge) {}
