package dev.meetgate.caller;

import dev.meetgate.http.RequestText;
import dev.meetgate.problem.Failure;

/**
 * A person, as a tenant knows them: nothing of one tenant's users is visible to another.
 *
 * @param tenant the tenant's name
 * @param id the tenant's own id for the person, opaque to us
 */
public record User(String tenant, String id) {

    public static final int MAX_LENGTH = 200;

    /**
     * The user of an id that came from outside.
     *
     * @throws Failure.InvalidRequest unless it has 1 to 200 characters and no control characters
     */
    public static User of(String tenant, String id) {
        return new User(tenant, RequestText.of("user", id, MAX_LENGTH));
    }
}
