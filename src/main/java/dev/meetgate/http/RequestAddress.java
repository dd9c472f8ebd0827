package dev.meetgate.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.meetgate.problem.Failure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an address that is not a URI (RFC 3986), or whose path could name something else than its sender
 * means.
 *
 * <p>JAX-RS would drop all after a semicolon from an id, and from a parameter of the query. It would replace
 * all bytes that are not UTF-8 with the same character. Dot segments would remove the id before them.
 */
final class RequestAddress {

    private static final Pattern PATH = encoded("A-Za-z0-9._~!$&'()*+,=:@/-");
    private static final Pattern QUERY = encoded("A-Za-z0-9._~!$&'()*+,;=:@/?\\[\\]-");
    private static final Pattern OWN_QUERY = encoded("A-Za-z0-9._~!$&'()*+,=:@/?\\[\\]-");
    private static final Pattern RAW_CALL = Pattern.compile("/v1/users/[^/]+/goto(/.*)?");
    private static final Pattern DOT_OR_EMPTY_SEGMENT = Pattern.compile("/(?:/|(?:\\.|%2[Ee]){1,2}(?:/|$))");

    private RequestAddress() {}

    /** Fails with {@link Failure.InvalidRequest} unless the address is a URI of UTF-8, at a host. */
    static void check(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        require("path", path, PATH);
        if (!isText(path)) {
            throw new Failure.InvalidRequest("path", "The path must be percent-encoded UTF-8.");
        }
        if (request.query() != null) {
            checkQuery(path, request.query());
        }
        checkWhole(request.uri());
        checkHost(request.getHeader(HttpHeaders.HOST));
    }

    private static void checkQuery(String path, String query) {
        if (!hasOwnQuery(path)) {
            require("query", query, QUERY);
            return;
        }
        require("query", query, OWN_QUERY);
        if (!isText(query)) {
            throw new Failure.InvalidRequest("query", "The query must be percent-encoded UTF-8.");
        }
    }

    /** Whether the query has MeetGate's own parameters. A raw call passes GoTo's on. */
    static boolean hasOwnQuery(String path) {
        return path.startsWith("/v1/") && !isRawCall(path);
    }

    /**
     * Whether a segment of the path is empty, a dot or two dots. No path of MeetGate has such a segment.
     * JAX-RS would drop it, and serve another path than proxies and filters have seen.
     */
    static boolean leadsElsewhere(HttpServerRequest request) {
        return DOT_OR_EMPTY_SEGMENT.matcher(String.valueOf(request.path())).find();
    }

    static boolean isRawCall(String path) {
        return RAW_CALL.matcher(path).matches();
    }

    /** JAX-RS needs one, also from a client of HTTP/1.0, which may leave it out. */
    private static void checkHost(@Nullable String host) {
        if (host == null || host.isEmpty()) {
            throw new Failure.InvalidRequest("Host", "The header Host is missing.");
        }
        if (!isAuthority(host)) {
            throw new Failure.InvalidRequest("Host", "Host must be a host, with or without a port.");
        }
    }

    private static boolean isAuthority(String host) {
        try {
            return host.equals(new URI("http://" + host + "/").getRawAuthority());
        } catch (URISyntaxException noHost) {
            return false;
        }
    }

    private static void checkWhole(String address) {
        try {
            new URI(address);
        } catch (URISyntaxException unusual) {
            throw new Failure.InvalidRequest("request", "The address of the request is not a URI (RFC 3986).");
        }
    }

    /** Characters of the class, and percent-encoded ones. */
    private static Pattern encoded(String characters) {
        return Pattern.compile("(?:[%s]++|%%[0-9A-Fa-f]{2})*+".formatted(characters));
    }

    private static void require(String part, String text, Pattern encoded) {
        Matcher beginning = encoded.matcher(text);
        int end = beginning.lookingAt() ? beginning.end() : 0;
        if (end < text.length()) {
            throw new Failure.InvalidRequest(
                    part, "The %s is not percent-encoded. %s".formatted(part, hint(text.charAt(end))));
        }
    }

    private static String hint(char unfit) {
        return unfit <= ' ' || unfit >= 0x7F
                ? "Encode the bytes of its UTF-8, such as %C3%A9 for \u00e9."
                : "Write %c as %%%02X.".formatted(unfit, (int) unfit);
    }

    private static boolean isText(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return true;
        }
        try {
            byte[] bytes =
                    URLDecoder.decode(encoded.replace("+", "%2B"), ISO_8859_1).getBytes(ISO_8859_1);
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
