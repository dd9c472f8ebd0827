package dev.meetgate.meetings;

/** The rights at GoTo that calls for the meetings of others need, for the descriptions of operations. */
public final class NeededRights {

    public static final String OF_AN_ORGANIZER =
            " Another organizer's key needs the rights of an administrator at GoTo.";

    public static final String OF_A_GROUP =
            " Needs the rights of an administrator at GoTo, which supports groups of at most 50 organizers.";

    private NeededRights() {}
}
