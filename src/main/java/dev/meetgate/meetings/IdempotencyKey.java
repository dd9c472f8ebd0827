package dev.meetgate.meetings;

import dev.meetgate.problem.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An Idempotency-Key (draft-ietf-httpapi-idempotency-key-header), with or without its quotes. */
record IdempotencyKey(String value) {

    static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 255;
    private static final Pattern TEXT = Pattern.compile("[ -~]{1,%d}".formatted(LONGEST));
    private static final Pattern QUOTED =
            Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\]){1,%d})\"".formatted(LONGEST));

    /** Fails with {@link Failure.InvalidRequest} unless the key has 1 to 255 printable ASCII characters. */
    static @Nullable IdempotencyKey of(@Nullable String header) {
        return header == null ? null : new IdempotencyKey(header.startsWith("\"") ? unquoted(header) : text(header));
    }

    private static String text(String header) {
        return matched(TEXT, header).group();
    }

    private static String unquoted(String header) {
        return matched(QUOTED, header).group(1).replaceAll("\\\\(.)", "$1");
    }

    private static Matcher matched(Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.matches()) {
            throw new Failure.InvalidRequest(
                    HEADER, "The key must have 1 to 255 printable ASCII characters, with or without quotes.");
        }
        return matcher;
    }
}
