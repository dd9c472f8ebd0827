package dev.meetgate.vault;

import dev.meetgate.oauth.TokenResponse;
import java.util.Set;

/**
 * A user's consent, complete if all requested scopes were granted.
 *
 * @param withChallenge whether the tenant has shown that its own session began it
 */
record Consent(TokenResponse tokens, Set<String> scopes, boolean complete, boolean withChallenge) {}
