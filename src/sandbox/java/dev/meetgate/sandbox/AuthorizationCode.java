package dev.meetgate.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A code is good for one presentation, whatever comes of it. Who presents it again may have stolen it, which ends the grant that it
 * became (RFC 6749 §4.1.2).
 */
final class AuthorizationCode {

    private final AuthorizationRequest request;
    private final Account account;
    private final String scope;
    private final Instant expiresAt;
    private boolean presented;
    private @Nullable Grant grant;

    AuthorizationCode(AuthorizationRequest request, Account account, String scope, Instant expiresAt) {
        this.request = request;
        this.account = account;
        this.scope = scope;
        this.expiresAt = expiresAt;
    }

    void present(Instant now) {
        if (presented) {
            if (grant != null) {
                grant.revoke();
            }
            throw Refusal.oauth(400, "invalid_grant", "the code was used before");
        }
        presented = true;
        if (!now.isBefore(expiresAt)) {
            throw Refusal.oauth(400, "invalid_grant", "the code has expired");
        }
    }

    /** @throws Refusal unless the client is the one that asked for the code (RFC 6749 §4.1.3, RFC 7636 §4.6) */
    Grant redeem(String redirectUri, String codeVerifier) {
        if (!redirectUri.equals(request.redirectUri())) {
            throw Refusal.oauth(400, "invalid_grant", "redirect_uri is not that of the authorization request");
        }
        if (!request.isProvenBy(codeVerifier)) {
            throw Refusal.oauth(400, "invalid_grant", "code_verifier does not match code_challenge");
        }
        grant = new Grant(account, scope);
        return grant;
    }
}
