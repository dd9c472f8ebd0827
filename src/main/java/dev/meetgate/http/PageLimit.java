package dev.meetgate.http;

import dev.meetgate.problem.Failure;

/** The query parameter {@code limit}: the maximum number of items on a page of a list. */
public final class PageLimit {

    public static final String DEFAULT = "50";
    public static final int LARGEST = 200;

    private PageLimit() {}

    /** Fails with {@link Failure.InvalidRequest} unless the text is a number from 1 to 200. */
    public static int of(String text) {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > LARGEST) {
            throw invalid();
        }
        return Integer.parseInt(text);
    }

    public static Failure.InvalidRequest invalid() {
        return new Failure.InvalidRequest("limit", "limit must be a number from 1 to %d.".formatted(LARGEST));
    }
}
