package dev.meetgate.connect;

import dev.meetgate.http.HostCookie;
import dev.meetgate.secret.Secret;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Binds a link and its attempts to a browser. Each link has its own cookie, so that several tabs work.
 *
 * <p>Parses the header itself, because the server's parser takes a comma or {@code $Version} for syntax. A
 * sibling domain could use that to hide a forged cookie of MeetGate's name in the value of its own cookie.
 */
final class AttemptCookie {

    private static final String PREFIX = "__Host-meetgate-";
    private static final int NAME_BYTES = 12;
    private static final int MOST = 5;
    private static final Duration LIFETIME = Duration.ofDays(1);
    private static final Duration LAST_CALLBACKS = Duration.ofMinutes(2);
    private static final Pattern NAME = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{16}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private record Sent(String name, String value) {

        static Sent of(String pair) {
            String[] parts = withoutSpaceAround(pair).split("=", 2);
            return new Sent(parts[0], parts.length == 1 ? "" : parts[1]);
        }

        /** Spaces and tabs alone (RFC 6265 §5.2), in linear time. */
        private static String withoutSpaceAround(String pair) {
            int from = 0;
            int to = pair.length();
            while (from < to && isSpace(pair.charAt(from))) {
                from++;
            }
            while (from < to && isSpace(pair.charAt(to - 1))) {
                to--;
            }
            return pair.substring(from, to);
        }

        private static boolean isSpace(char character) {
            return character == ' ' || character == '\t';
        }
    }

    private AttemptCookie() {}

    /** The browser's secret, or a new one for a browser without one. */
    static Secret browser(HttpHeaders headers, Buffer hash) {
        Secret sent = read(headers, hash);
        return sent == null ? Secret.random() : sent;
    }

    /** The cookie lives as long as the row of the attempt. A person who comes late is still recognized. */
    static Response addTo(Response page, HttpHeaders headers, Buffer hash, Secret browser) {
        return Response.fromResponse(page)
                .cookie(deleteEarliest(headers, hash))
                .cookie(HostCookie.of(name(hash), browser.reveal(), (int) LIFETIME.toSeconds()))
                .build();
    }

    /**
     * Returns null unless the browser sent exactly one cookie of this name, with a value that MeetGate makes.
     */
    static @Nullable Secret read(HttpHeaders headers, Buffer hash) {
        String name = name(hash);
        List<String> values = sent(headers)
                .filter(cookie -> cookie.name.equals(name))
                .map(Sent::value)
                .toList();
        return values.size() == 1 && VALUE.matcher(values.get(0)).matches() ? Secret.of(values.get(0)) : null;
    }

    /** All values that MeetGate can have made. */
    static List<Secret> all(HttpHeaders headers) {
        return sent(headers)
                .filter(cookie -> NAME.matcher(cookie.name).matches())
                .filter(cookie -> VALUE.matcher(cookie.value).matches())
                .map(cookie -> Secret.of(cookie.value))
                .limit(MOST)
                .toList();
    }

    /** For a link that has ended. A browser that leaves an answer may take its cookies, and ask once more. */
    static NewCookie forget(Buffer hash, Secret browser) {
        return HostCookie.of(name(hash), browser.reveal(), (int) LAST_CALLBACKS.toSeconds());
    }

    /** Makes room for a cookie. Deletes the oldest others, which browsers send first (RFC 6265 §5.4). */
    private static NewCookie[] deleteEarliest(HttpHeaders headers, Buffer hash) {
        String own = name(hash);
        List<String> names = sent(headers)
                .map(Sent::name)
                .filter(name -> NAME.matcher(name).matches() && !name.equals(own))
                .distinct()
                .toList();
        return names.stream()
                .limit(Math.max(0, names.size() - MOST + 1))
                .map(name -> HostCookie.of(name, "", 0))
                .toArray(NewCookie[]::new);
    }

    /** The cookies of all header fields. Only semicolons separate cookies (RFC 6265 §4.2.1). */
    private static Stream<Sent> sent(HttpHeaders headers) {
        return headers.getRequestHeader(HttpHeaders.COOKIE).stream()
                .flatMap(field -> Arrays.stream(field.split(";")))
                .map(Sent::of);
    }

    private static String name(Buffer hash) {
        byte[] start = hash.getBytes(0, NAME_BYTES);
        return PREFIX + Base64.getUrlEncoder().encodeToString(start);
    }
}
