package dev.meetgate.raw;

import dev.meetgate.problem.Failure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of GoTo's API the raw call reaches: the resources below {@code G2M/rest} and {@code admin/rest}.
 *
 * <p>It reads the address as it came, before anybody decodes or normalizes it, and lets only those characters through that GoTo's
 * own paths consist of. So there is one spelling of each path, in which nothing can hide: no dot, no escape, no empty segment.
 */
public final class Fence {

    public static final String PATH_PATTERN = "(G2M|admin)/rest(/[A-Za-z0-9_-]{1,100}){1,10}";

    private static final Pattern RAW_CALL = Pattern.compile("/v1/users/[^/]+/goto/(.*)");
    private static final Pattern PATH = Pattern.compile(PATH_PATTERN);

    /** RFC 3986 §3.4. */
    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*");

    private Fence() {}

    /**
     * The path and query at GoTo, without a leading slash.
     *
     * @param path as JAX-RS reads it: it must be what stands in the address
     * @param address the path of our own address, as it came
     * @throws Failure.InvalidRequest for what is outside
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
