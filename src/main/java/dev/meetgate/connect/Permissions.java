package dev.meetgate.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a tenant can do for a user, in the words of the connect page. */
final class Permissions {

    private Permissions() {}

    /** Of the scopes of all credentials of the tenant. */
    static List<String> of(Set<String> scopes) {
        boolean raw = scopes.contains("goto:raw");
        boolean reads = raw || scopes.contains("meetings:read");
        boolean writes = raw || scopes.contains("meetings:write");
        var permissions = new ArrayList<String>();
        permissions.add(
                reads
                        ? "see your name, your email address, and your past and upcoming meetings with their attendees"
                        : "see your name and your email address");
        if (writes) {
            permissions.add(
                    "create, change, start and delete meetings, and delete past sessions with their recordings");
        }
        if (reads || writes) {
            permissions.add("if you are an administrator: do the same for your whole organization"
                    + (raw ? ", and add, change and remove its organizers" : ""));
        }
        return permissions;
    }
}
