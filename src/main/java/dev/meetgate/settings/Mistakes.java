package dev.meetgate.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads settings, and collects what is wrong with them. */
final class Mistakes {

    static final String A_URL = "one https URL without user and fragment (http is allowed for localhost)";

    private final Settings settings;
    private final List<String> found;

    Mistakes(Settings settings) {
        this.settings = settings;
        this.found = new ArrayList<>(settings.unreadable());
    }

    List<String> found() {
        return found;
    }

    /** Whether a mistake of this setting was found. */
    boolean names(String name) {
        return found.stream().anyMatch(mistake -> mistake.startsWith(name + " "));
    }

    @Nullable
    String value(String name) {
        return settings.value(name);
    }

    @Nullable
    String required(String name, String what) {
        String value = value(name);
        if (value == null) {
            missing(name, what);
        }
        return value;
    }

    /** Separated by commas. Empty if the setting is not set. */
    List<String> list(String name) {
        String values = value(name);
        return values == null
                ? List.of()
                : Arrays.stream(values.split(",")).map(String::strip).toList();
    }

    /** Checks a setting if it is set. */
    void check(String name, Predicate<String> isRight, String what) {
        String value = value(name);
        if (value != null && !isRight.test(value)) {
            wrong(name, what);
        }
    }

    void check(String name, String pattern, String what) {
        check(name, value -> value.matches(pattern), what);
    }

    /** For a setting that restricts access. Quarkus reads an empty one as none, which restricts nothing. */
    void notEmpty(String name, String what) {
        if (settings.given().containsKey(name) && value(name) == null) {
            add("%s is empty. Remove it, or set it to %s.".formatted(name, what));
        }
    }

    /** A time as Quarkus reads it. */
    void time(String name, Duration least, Duration most, String what) {
        check(
                name,
                text -> {
                    try {
                        Duration time = DurationConverter.parseDuration(text);
                        return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
                    } catch (IllegalArgumentException | ArithmeticException notATime) {
                        return false;
                    }
                },
                what);
    }

    void flag(String name) {
        check(name, "true|false", "true or false");
    }

    void url(String name) {
        check(name, Mistakes::isSafe, A_URL);
    }

    void urls(String name) {
        if (!list(name).stream().allMatch(Mistakes::isSafe)) {
            wrong(name, "https URLs without user and fragment, separated by commas (http is allowed for localhost)");
        }
    }

    void wrong(String name, String what) {
        add("%s is wrong. Set it to %s.".formatted(name, what));
    }

    void missing(String name, String what) {
        add("%s is missing. Set it to %s.".formatted(name, what));
    }

    void add(String mistake) {
        found.add(mistake);
    }

    /** Whether a URL is https without user and fragment, or http on this machine. */
    static boolean isSafe(String url) {
        try {
            var uri = URI.create(url);
            String host = uri.getHost();
            return host != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isLoopback(host)));
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]");
    }
}
