package dev.meetgate.history;

import static dev.meetgate.Api.connectedUser;

import dev.meetgate.Sandbox;

/** The sandbox's company: an administrator, and a group of two organizers. */
public final class Organization {

    public static final String JANE = "jane.doe@example.com";
    public static final String JANES_KEY = "1234567890123456789";
    static final String SAM = "sam.lee@example.com";
    static final String SAMS_KEY = "2345678901234567891";
    public static final String GROUP_KEY = "5678901234567891234";
    private static final String ADMINISTRATOR = "ada.admin@example.com";

    private Organization() {}

    /** Connects a user who may see the meetings of others. */
    public static String administrator() {
        return administrator("collab: identity:");
    }

    static String administrator(String scope) {
        Sandbox.set("grantedScope", scope);
        return connectedUser(ADMINISTRATOR);
    }
}
