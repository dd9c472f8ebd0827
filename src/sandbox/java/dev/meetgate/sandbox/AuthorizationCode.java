package dev.meetgate.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An authorization code. The first presentation uses it up, even if that request fails. A second presentation
 * ends the grant that came from the code, which may be stolen (RFC 6749 §4.1.2).
 */
final class AuthorizationCode {

    private final ConsentRequest request;
    private final Person account;
    private final String scope;
    private final Instant expiresAt;
    private boolean presented;
    private @Nullable Grant grant;

    AuthorizationCode(ConsentRequest request, Person account, String scope, Instant expiresAt) {
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

    /** @throws Refusal unless redirect URI and verifier are right (RFC 6749 §4.1.3, RFC 7636 §4.6) */
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
