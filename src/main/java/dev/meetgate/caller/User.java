package dev.meetgate.caller;

import dev.meetgate.http.RequestText;

/** A user by the tenant's own id. Tenants cannot see each other's users. */
public record User(String tenant, String id) {

    public static final int MAX_LENGTH = 200;

    /** Checks that an id from a request has 1 to 200 characters without control characters. */
    public static User of(String tenant, String id) {
        return new User(tenant, RequestText.of("user", id, MAX_LENGTH));
    }
}
