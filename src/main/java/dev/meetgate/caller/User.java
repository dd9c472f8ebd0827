package dev.meetgate.caller;

import dev.meetgate.http.RequestText;
import dev.meetgate.problem.Failure;

/**
 * A user of a tenant. Tenants cannot see each other's users.
 *
 * @param tenant the tenant's name
 * @param id the tenant's id for the user, an opaque string
 */
public record User(String tenant, String id) {

    public static final int MAX_LENGTH = 200;

    /**
     * Checks an id from a request.
     *
     * @throws Failure.InvalidRequest unless it has 1 to 200 characters without control characters
     */
    public static User of(String tenant, String id) {
        return new User(tenant, RequestText.of("user", id, MAX_LENGTH));
    }
}
