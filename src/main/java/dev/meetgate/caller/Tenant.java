package dev.meetgate.caller;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An application that calls MeetGate. After consent, browsers go to one of exactly these return URLs.
 *
 * @param defaultReturnUrl where a walk ends whose link names no return URL; it is one of the return URLs
 * @param confirms whether a walk without challenge asks the person once more, after GoTo
 * @param look what people see
 * @param anyLoopbackReturnUrl whether every http URL of the own machine is a return URL too, for dev mode
 */
public record Tenant(
        String name,
        String displayName,
        List<String> returnUrls,
        @Nullable String defaultReturnUrl,
        boolean anyLoopbackReturnUrl,
        boolean confirms,
        Look look) {

    /**
     * What people see beside the name.
     *
     * @param logoFile where the logo is
     * @param color of buttons, such as {@code #0b6157}
     * @param privacyUrl where the privacy policy is
     */
    public record Look(
            @Nullable String logoFile,
            @Nullable String color,
            @Nullable String privacyUrl) {}

    private static final Pattern LOOPBACK =
            Pattern.compile("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?([/?][\\w/?&=%.~-]*)?");

    /** Exact comparison leaves no parsing rules to bypass. */
    public boolean mayReturnTo(String url) {
        return returnUrls.contains(url)
                || (anyLoopbackReturnUrl && LOOPBACK.matcher(url).matches());
    }
}
