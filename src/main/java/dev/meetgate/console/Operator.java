package dev.meetgate.console;

import dev.meetgate.caller.Actor;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;

/**
 * A person who is signed in.
 *
 * @param csrfToken what each form of the session sends along
 */
record Operator(String name, String csrfToken) {

    /** The role of the console's actions. */
    static final String ROLE = "operator";

    /** The scope of the console's pages. Credentials of tenants can have it too. */
    static final String SCOPE = "operate";

    private static final String ATTRIBUTE = "meetgate.operator";

    SecurityIdentity identity() {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRole(ROLE)
                .addAttribute(ATTRIBUTE, this)
                .addAttribute(Actor.ATTRIBUTE, new Actor(Actor.Kind.OPERATOR, name))
                .addPermissionChecker(
                        permission -> Uni.createFrom().item(permission.getName().equals(SCOPE)))
                .build();
    }

    static Operator of(SecurityIdentity identity) {
        Operator operator = identity.getAttribute(ATTRIBUTE);
        if (operator == null) {
            throw new IllegalStateException("an operator without a session");
        }
        return operator;
    }
}
