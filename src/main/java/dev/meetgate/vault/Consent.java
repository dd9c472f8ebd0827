package dev.meetgate.vault;

import dev.meetgate.oauth.TokenResponse;
import java.util.Set;

/**
 * What a user's consent brought.
 *
 * @param scopes those granted
 * @param complete whether they are all that was asked for
 */
record Consent(TokenResponse tokens, Set<String> scopes, boolean complete) {}
