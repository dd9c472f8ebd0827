package dev.meetgate.vault;

/**
 * Whether meetings of a connection's user are stored. The statement that reads the tokens asks that too, so
 * that lists for the other users need no second statement.
 */
public interface HasKnownMeetings {

    /** A condition in SQL on a row of {@code connection}. */
    String sql();
}
