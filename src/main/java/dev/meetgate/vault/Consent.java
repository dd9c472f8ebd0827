package dev.meetgate.vault;

import dev.meetgate.oauth.TokenResponse;
import java.util.Set;

/** A user's consent, complete if all requested scopes were granted. */
record Consent(TokenResponse tokens, Set<String> scopes, boolean complete) {}
