package dev.meetgate.sandbox;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** All authorization codes that the sandbox has issued (RFC 6749 §4.1.2). */
final class AuthorizationCodes {

    private final Secrets secrets;
    private final Map<String, AuthorizationCode> codes = new HashMap<>();

    AuthorizationCodes(Secrets secrets) {
        this.secrets = secrets;
    }

    String issue(ConsentRequest request, Person account, Behaviour behaviour) {
        String scope = behaviour.grantedScope() == null ? request.scope() : behaviour.grantedScope();
        Instant expiresAt = Instant.now().plusSeconds(behaviour.codeLifetimeSeconds());
        String code = secrets.code();
        codes.put(code, new AuthorizationCode(request, account, scope, expiresAt));
        return code;
    }

    /** @throws Refusal if the code is unknown, used or expired */
    AuthorizationCode present(String value) {
        AuthorizationCode code = codes.get(value);
        if (code == null) {
            throw Refusal.oauth(400, "invalid_grant", "the code is unknown");
        }
        code.present(Instant.now());
        return code;
    }
}
