package dev.meetgate.sandbox;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The authorization codes that were issued (RFC 6749 §4.1.2). */
final class AuthorizationCodes {

    private final Secrets secrets;
    private final Map<String, AuthorizationCode> codes = new HashMap<>();

    AuthorizationCodes(Secrets secrets) {
        this.secrets = secrets;
    }

    String issue(AuthorizationRequest request, Account account, Behaviour behaviour) {
        String scope = behaviour.grantedScope() == null ? request.scope() : behaviour.grantedScope();
        Instant expiresAt = Instant.now().plusSeconds(behaviour.codeLifetimeSeconds());
        String code = secrets.code();
        codes.put(code, new AuthorizationCode(request, account, scope, expiresAt));
        return code;
    }

    /** @throws Refusal unless this is a code's first time here, and in time */
    AuthorizationCode present(String value) {
        AuthorizationCode code = codes.get(value);
        if (code == null) {
            throw Refusal.oauth(400, "invalid_grant", "the code is unknown");
        }
        code.present(Instant.now());
        return code;
    }
}
