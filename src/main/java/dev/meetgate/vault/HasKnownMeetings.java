package dev.meetgate.vault;

/**
 * Whether meetings of a user are stored. The statement that reads the tokens asks for it, which spares lists a
 * second statement if no meetings are stored.
 */
public interface HasKnownMeetings {

    /** A condition in SQL. The arguments are the columns that it compares with. */
    String condition(String tenant, String user);
}
