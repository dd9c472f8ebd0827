package dev.meetgate.caller;

import dev.meetgate.problem.Failure;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import java.security.Permission;
import java.util.List;

/**
 * What a credential gives: it names a tenant, and who acts for it, and carries scopes.
 *
 * @param isOfOtherUser whether it is tied to another user than the one in the request's path
 */
record Grant(Tenant tenant, List<String> scopes, Actor actor, boolean isOfOtherUser) {

    Grant(Tenant tenant, List<String> scopes, Actor actor) {
        this(tenant, scopes, actor, false);
    }

    SecurityIdentity identity() {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(tenant.name()))
                .addAttribute(Actor.ATTRIBUTE, actor)
                .addPermissionChecker(this::allows)
                .build();
    }

    /** Fails with the scope that a {@code @PermissionsAllowed} demands and the credential lacks. */
    Uni<Boolean> allows(Permission permission) {
        if (isOfOtherUser) {
            return Uni.createFrom().failure(new Failure.OtherUser());
        }
        String actions = permission.getActions();
        String scope =
                actions == null || actions.isEmpty() ? permission.getName() : permission.getName() + ":" + actions;
        return scopes.contains(scope)
                ? Uni.createFrom().item(true)
                : Uni.createFrom().failure(new Failure.Forbidden(scope));
    }
}
