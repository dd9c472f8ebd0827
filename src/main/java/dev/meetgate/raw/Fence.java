package dev.meetgate.raw;

import dev.meetgate.problem.Failure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of GoTo's API that raw calls may reach: the resources below {@code G2M/rest} and
 * {@code admin/rest}.
 *
 * <p>Checks the address before it is decoded or normalized, and allows only the characters of GoTo's own
 * paths. Each path therefore has one spelling, without dots, escapes or empty segments.
 */
public final class Fence {

    public static final String PATH_PATTERN = "(G2M|admin)/rest(/[A-Za-z0-9_-]{1,100}){1,10}";

    private static final Pattern RAW_CALL = Pattern.compile("/v1/users/[^/]+/goto/(.*)");
    private static final Pattern PATH = Pattern.compile(PATH_PATTERN);

    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*");

    private Fence() {}

    /**
     * Returns the path and query at GoTo, without a leading slash.
     *
     * @param path the path that JAX-RS read; must equal the end of the address
     * @param address the undecoded path of the request
     * @throws Failure.InvalidRequest for an address outside the fence
     */
    static String target(String path, String address, @Nullable String query) {
        Matcher call = RAW_CALL.matcher(address);
        if (!call.matches()
                || !call.group(1).equals(path)
                || !PATH.matcher(path).matches()) {
            throw new Failure.InvalidRequest(
                    "path",
                    "The path must start with G2M/rest/ or admin/rest/. Segments consist of letters, digits, -"
                            + " and _, without escapes.");
        }
        if (query == null) {
            return path;
        }
        if (!QUERY.matcher(query).matches() || !decodesToText(query)) {
            throw new Failure.InvalidRequest(
                    "query", "The query must be percent-encoded UTF-8 without control characters.");
        }
        return path + "?" + query;
    }

    private static boolean decodesToText(String query) {
        try {
            return URLDecoder.decode(query, StandardCharsets.UTF_8)
                    .codePoints()
                    .noneMatch(character -> Character.isISOControl(character) || character == '\uFFFD');
        } catch (IllegalArgumentException badEscape) {
            return false;
        }
    }
}
