package dev.meetgate.vault;

import dev.meetgate.oauth.TokenResponse;
import java.util.Set;

/**
 * The result of a user's consent.
 *
 * @param scopes the granted scopes
 * @param complete whether all requested scopes were granted
 */
record Consent(TokenResponse tokens, Set<String> scopes, boolean complete) {}
