package dev.meetgate.vault;

import dev.meetgate.oauth.TokenResponse;
import java.util.Set;
import java.util.UUID;

/**
 * A user's consent, complete if all requested scopes were granted.
 *
 * @param id of this try to store the consent. The connection has it afterwards
 * @param withChallenge whether the tenant has shown that its own session began it
 */
record Consent(UUID id, TokenResponse tokens, Set<String> scopes, boolean complete, boolean withChallenge) {

    Consent(TokenResponse tokens, Set<String> scopes, boolean complete, boolean withChallenge) {
        this(UUID.randomUUID(), tokens, scopes, complete, withChallenge);
    }
}
