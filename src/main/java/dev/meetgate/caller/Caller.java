package dev.meetgate.caller;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;

/** The tenant that sent the current request. For use in {@code @Authenticated} resources. */
@Singleton
public class Caller {

    private final SecurityIdentity identity;
    private final Tenants tenants;

    Caller(SecurityIdentity identity, Tenants tenants) {
        this.identity = identity;
        this.tenants = tenants;
    }

    public Tenant tenant() {
        Tenant tenant = tenants.named(identity.getPrincipal().getName());
        if (tenant == null) {
            throw new IllegalStateException("authenticated a tenant that is not in the settings");
        }
        return tenant;
    }

    /** The credential that the current request was authenticated by. */
    public Actor actor() {
        Actor actor = identity.getAttribute(Actor.ATTRIBUTE);
        if (actor == null) {
            throw new IllegalStateException("authenticated without an actor");
        }
        return actor;
    }

    /** The tenant's user with this id, for whom the caller is at work now. Fails as {@link User#of} does. */
    public User user(String id) {
        Arrival.current().ifPresent(arrival -> arrival.calledBy(actor()));
        return User.of(tenant().name(), id);
    }
}
