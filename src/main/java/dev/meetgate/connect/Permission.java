package dev.meetgate.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a tenant can do for a user: a row of the connect page. The bundle has the words. */
enum Permission {
    PROFILE("person"),
    SEE("calendar"),
    MANAGE("calendar"),
    BOTH("calendar"),
    ADMINISTER("organization"),
    ORGANIZERS("organization");

    private final String icon;

    Permission(String icon) {
        this.icon = icon;
    }

    public String icon() {
        return icon;
    }

    /** Of the scopes of all credentials of the tenant. */
    static List<Permission> of(Set<String> scopes) {
        boolean raw = scopes.contains("goto:raw");
        boolean reads = raw || scopes.contains("meetings:read");
        boolean writes = raw || scopes.contains("meetings:write");
        var permissions = new ArrayList<Permission>();
        permissions.add(PROFILE);
        if (reads || writes) {
            permissions.add(reads && writes ? BOTH : reads ? SEE : MANAGE);
            permissions.add(raw ? ORGANIZERS : ADMINISTER);
        }
        return permissions;
    }
}
