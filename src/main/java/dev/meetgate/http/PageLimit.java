package dev.meetgate.http;

import dev.meetgate.problem.Failure;

/** How many items a page of a list has at most: the query parameter {@code limit}. */
public final class PageLimit {

    public static final String DEFAULT = "50";
    public static final int LARGEST = 200;

    private PageLimit() {}

    /**
     * The limit that was asked for.
     *
     * @throws Failure.InvalidRequest unless it is a number from 1 to 200
     */
    public static int of(String text) {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > LARGEST) {
            throw new Failure.InvalidRequest("limit", "limit is a number from 1 to %d.".formatted(LARGEST));
        }
        return Integer.parseInt(text);
    }
}
