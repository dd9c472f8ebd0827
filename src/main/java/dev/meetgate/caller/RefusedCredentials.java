package dev.meetgate.caller;

import org.jspecify.annotations.Nullable;

/** How many wrong credentials of an owner came within a minute, as an event of CDI. */
public record RefusedCredentials(Owner owner, int number) {

    /**
     * Whose credential it is, as far as that is known.
     *
     * @param tenant null if no tenant knows the credential
     */
    public record Owner(@Nullable String tenant, Actor actor) {

        public static final Owner UNKNOWN = new Owner(null, Actor.MEETGATE);

        static Owner of(ApiKey key) {
            return new Owner(key.grant.tenant().name(), key.grant.actor());
        }
    }
}
