package dev.meetgate.connect;

import dev.meetgate.secret.Secret;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Binds an attempt to its browser. Each attempt has its own cookie, so that several tabs work. */
final class AttemptCookie {

    private static final String PREFIX = "__Host-meetgate-";
    private static final int NAME_BYTES = 12;
    private static final int MOST = 5;

    private AttemptCookie() {}

    static NewCookie create(Secret state, Secret browser) {
        int maxAge = (int) AuthorizationRequests.LIFETIME.toSeconds();
        return cookie(name(state), browser.reveal(), maxAge);
    }

    static @Nullable Secret read(HttpHeaders headers, Secret state) {
        Cookie cookie = headers.getCookies().get(name(state));
        return cookie == null ? null : Secret.of(cookie.getValue());
    }

    static NewCookie delete(Secret state) {
        return cookie(name(state), "", 0);
    }

    /** Deletes the oldest cookies, which browsers send first (RFC 6265 §5.4). */
    static NewCookie[] deleteEarliest(HttpHeaders headers) {
        String sent = Objects.requireNonNullElse(headers.getHeaderString(HttpHeaders.COOKIE), "");
        List<String> names = Arrays.stream(sent.split(";"))
                .map(pair -> pair.split("=", 2)[0].strip())
                .filter(name -> name.startsWith(PREFIX))
                .toList();
        return names.stream()
                .limit(Math.max(0, names.size() - MOST + 1))
                .map(name -> cookie(name, "", 0))
                .toArray(NewCookie[]::new);
    }

    private static String name(Secret state) {
        byte[] start = Arrays.copyOf(state.sha256(), NAME_BYTES);
        return PREFIX + Base64.getUrlEncoder().encodeToString(start);
    }

    private static NewCookie cookie(String name, String value, int maxAge) {
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
