package dev.meetgate.raw;

import dev.meetgate.problem.Failure;
import io.vertx.core.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of GoTo's API that raw calls may reach: what GoTo documents below {@code G2M/rest} and
 * {@code admin/rest}. Users are told on the connect page what an application may do, and other paths may do
 * more.
 *
 * <p>Checks the address before it is decoded or normalized, and allows only the characters of GoTo's own
 * paths. Each path therefore has one spelling, without dots, escapes or empty segments.
 */
public final class Fence {

    public static final String PATH_PATTERN = "(G2M|admin)/rest(/[A-Za-z0-9_-]{1,100}){1,10}";

    private static final Pattern RAW_CALL = Pattern.compile("/v1/users/[^/]+/goto/(.*)");
    private static final Pattern PATH = Pattern.compile(PATH_PATTERN);

    private static final String DOCUMENTED = """
            GET admin/rest/v1/me
            GET G2M/rest/upcomingMeetings
            GET G2M/rest/historicalMeetings
            GET G2M/rest/meetings
            POST G2M/rest/meetings
            GET G2M/rest/meetings/{meeting}
            PUT G2M/rest/meetings/{meeting}
            DELETE G2M/rest/meetings/{meeting}
            GET G2M/rest/meetings/{meeting}/start
            GET G2M/rest/meetings/{meeting}/attendees
            GET G2M/rest/organizers
            POST G2M/rest/organizers
            DELETE G2M/rest/organizers
            GET G2M/rest/organizers/{organizer}
            PUT G2M/rest/organizers/{organizer}
            DELETE G2M/rest/organizers/{organizer}
            GET G2M/rest/organizers/{organizer}/meetings
            GET G2M/rest/organizers/{organizer}/upcomingMeetings
            GET G2M/rest/organizers/{organizer}/historicalMeetings
            GET G2M/rest/organizers/{organizer}/attendees
            DELETE G2M/rest/organizers/{organizer}/sessions/{session}
            DELETE G2M/rest/organizers/{organizer}/sessions/{session}/attendees
            DELETE G2M/rest/organizers/{organizer}/sessions/{session}/recordings
            GET G2M/rest/groups
            GET G2M/rest/groups/{group}/meetings
            GET G2M/rest/groups/{group}/upcomingMeetings
            GET G2M/rest/groups/{group}/historicalMeetings
            GET G2M/rest/groups/{group}/attendees
            GET G2M/rest/groups/{group}/organizers
            POST G2M/rest/groups/{group}/organizers
            """;

    private static final Pattern OPERATION = Pattern.compile(DOCUMENTED
            .lines()
            .map(operation -> operation.replaceAll("\\{\\w+}", "[^/]+"))
            .collect(Collectors.joining("|")));

    private static final Pattern START = Pattern.compile("G2M/rest/meetings/([^/]+)/start");

    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*");

    private Fence() {}

    /**
     * Returns the path and query at GoTo, without a leading slash.
     *
     * @param path the path that JAX-RS read; must equal the end of the address
     * @param address the undecoded path of the request
     * @throws Failure.InvalidRequest for an address outside the fence
     */
    static String target(HttpMethod method, String path, String address, @Nullable String query) {
        Matcher call = RAW_CALL.matcher(address);
        if (!call.matches()
                || !call.group(1).equals(path)
                || !PATH.matcher(path).matches()) {
            throw new Failure.InvalidRequest(
                    "path",
                    "The path must start with G2M/rest/ or admin/rest/. Segments consist of letters, digits, -"
                            + " and _, without escapes.");
        }
        if (!OPERATION.matcher(method.name() + " " + path).matches()) {
            throw new Failure.InvalidRequest(
                    "path", "GoTo's API does not document this path with the method %s.".formatted(method.name()));
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

    /** The meeting whose host URL a GET hands out, or null. */
    static @Nullable String startedMeeting(String path) {
        Matcher start = START.matcher(path);
        return start.matches() ? start.group(1) : null;
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
