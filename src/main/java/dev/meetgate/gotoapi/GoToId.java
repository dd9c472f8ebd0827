package dev.meetgate.gotoapi;

import dev.meetgate.problem.Failure;
import java.math.BigInteger;

/** A positive 64-bit number, kept as text because JSON numbers lose precision. */
public final class GoToId {

    public static final String PATTERN = "[1-9][0-9]{0,18}";

    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private GoToId() {}

    public static boolean isValid(String text) {
        return text.matches(PATTERN) && new BigInteger(text).compareTo(LARGEST) <= 0;
    }

    /** Fails with {@link Failure.InvalidRequest} unless the text can be an id of GoTo. */
    public static String checked(String field, String text) {
        if (!isValid(text)) {
            throw new Failure.InvalidRequest(
                    field,
                    "%s must be a number that GoTo issued: digits only, from 1 to %d.".formatted(field, LARGEST));
        }
        return text;
    }
}
