package dev.meetgate.console;

import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.http.RequestText;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at a page: an operator, who sees all tenants, or a credential of a tenant, which sees its own.
 */
@Singleton
class Viewer {

    private final SecurityIdentity identity;
    private final Caller caller;
    private final HttpHeaders headers;

    Viewer(SecurityIdentity identity, Caller caller, HttpHeaders headers) {
        this.identity = identity;
        this.caller = caller;
        this.headers = headers;
    }

    /** The texts in the viewer's language. */
    ConsoleTexts texts() {
        return Translations.of(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    }

    boolean isOperator() {
        return identity.hasRole(Operator.ROLE);
    }

    /** For forms. Null for a credential, which has none. */
    @Nullable
    Operator operator() {
        return isOperator() ? Operator.of(identity) : null;
    }

    /** The only tenant that may be seen. Null for an operator. */
    @Nullable
    String ownTenant() {
        return isOperator() ? null : caller.tenant().name();
    }

    /** The wanted tenant, or null for all. Fails as for an unknown page if it is not the viewer's. */
    @Nullable
    String tenant(@Nullable String wanted) {
        String own = ownTenant();
        if (own != null && wanted != null && !own.equals(wanted)) {
            throw new NotFoundException();
        }
        return own == null ? wanted : own;
    }

    User user(String tenant, String user) {
        tenant(tenant);
        return User.of(RequestText.of("tenant", tenant, User.MAX_LENGTH), user);
    }
}
