package dev.meetgate.caller;

import java.util.Locale;

/** Who does something: a credential of a tenant by its kind and name, a person, or MeetGate itself. */
public record Actor(Kind kind, String name) {

    /** MeetGate itself, in what nobody asked for. */
    public static final Actor MEETGATE = new Actor(Kind.MEETGATE, "meetgate");

    /** A person in a browser. Only the link names the person. */
    public static final Actor PERSON = new Actor(Kind.PERSON, "browser");

    /** The name of a tenant's key that has none. */
    static final String DEFAULT_KEY = "default";

    /** The attribute of the {@code SecurityIdentity} that holds the actor. */
    public static final String ATTRIBUTE = "meetgate.actor";

    public enum Kind {
        KEY,
        JWT,
        CERTIFICATE,
        PERSON,
        OPERATOR,
        MEETGATE;

        /** The name in the audit. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
