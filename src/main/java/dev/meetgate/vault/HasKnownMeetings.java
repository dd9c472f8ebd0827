package dev.meetgate.vault;

/**
 * Whether meetings of a user are stored. The statement that reads the tokens asks that too: a list needs no
 * second statement then, if there are none.
 */
public interface HasKnownMeetings {

    /** A condition in SQL. The arguments are the columns that it compares with. */
    String condition(String tenant, String user);
}
