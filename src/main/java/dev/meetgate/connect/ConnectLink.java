package dev.meetgate.connect;

import dev.meetgate.caller.User;
import org.jspecify.annotations.Nullable;

/** The content of a connect link. Without a return URL, the user sees MeetGate's own page. */
record ConnectLink(
        User user,
        String displayName,
        @Nullable String returnUrl,
        @Nullable String state) {}
