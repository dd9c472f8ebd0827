package dev.meetgate.caller;

import java.util.List;

/**
 * What credentials can be limited to. Each operation of the API names its scope. A new scope also belongs
 * into {@code connect.Permission}, which tells people what a tenant may do, and into the table of
 * settings.md.
 */
public final class Scopes {

    public static final List<String> ALL = List.of(
            "connections:read",
            "connections:write",
            "meetings:read",
            "meetings:write",
            "goto:raw",
            "events:read",
            "audit:read",
            "audit:erase",
            "operate");

    private Scopes() {}

    /** The scopes in a text, separated by spaces or commas. */
    public static List<String> in(String text) {
        return List.of(text.strip().split("[,\\s]+"));
    }
}
