package dev.meetgate.vault;

import dev.meetgate.oauth.TokenResponse;
import java.util.Set;
import java.util.UUID;

/**
 * A user's consent, complete if all requested scopes were granted.
 *
 * @param id tells a repeated try to store this consent from another consent
 * @param withChallenge whether the tenant has shown that its own session began it
 */
record Consent(UUID id, TokenResponse tokens, Set<String> scopes, boolean complete, boolean withChallenge) {

    Consent(TokenResponse tokens, Set<String> scopes, boolean complete, boolean withChallenge) {
        this(UUID.randomUUID(), tokens, scopes, complete, withChallenge);
    }
}
