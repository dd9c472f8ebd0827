package dev.meetgate.caller;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An application that calls MeetGate. After consent, browsers go to one of exactly these return URLs.
 *
 * @param defaultReturnUrl where a walk ends whose link names no return URL; it is one of the return URLs
 * @param confirms whether a walk without challenge asks the person once more, after GoTo
 * @param logoFile where the picture is that people see
 * @param anyLoopbackReturnUrl whether every http URL of the own machine is a return URL too, for dev mode
 */
public record Tenant(
        String name,
        String displayName,
        List<String> returnUrls,
        @Nullable String defaultReturnUrl,
        boolean anyLoopbackReturnUrl,
        boolean confirms,
        @Nullable String logoFile) {

    private static final Pattern LOOPBACK =
            Pattern.compile("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?([/?][\\w/?&=%.~-]*)?");

    /** Exact comparison leaves no parsing rules to bypass. */
    public boolean mayReturnTo(String url) {
        return returnUrls.contains(url)
                || (anyLoopbackReturnUrl && LOOPBACK.matcher(url).matches());
    }
}
