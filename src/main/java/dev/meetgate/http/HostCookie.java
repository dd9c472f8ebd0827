package dev.meetgate.http;

import jakarta.ws.rs.core.NewCookie;

/**
 * A cookie whose name begins with {@code __Host-}. Browsers let no other host set it (RFC 6265bis
 * §4.1.3.2). It is lax, because people come back from other sites. Forms of other sites do not send it.
 */
public final class HostCookie {

    private HostCookie() {}

    /** A {@code maxAge} of 0 deletes the cookie. */
    public static NewCookie of(String name, String value, int maxAge) {
        return new NewCookie.Builder(name)
                .value(value)
                .path("/")
                .maxAge(maxAge)
                .secure(true)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
