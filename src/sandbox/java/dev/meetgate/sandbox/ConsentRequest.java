package dev.meetgate.sandbox;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A valid authorization request (RFC 6749 §4.1.1). Stricter than GoTo: state and PKCE are mandatory. */
record ConsentRequest(String redirectUri, String scope, String state, String codeChallenge) {

    private static final Set<String> SCOPES = Set.of("collab:", "identity:", "identity:scim.me", "identity:scim.org");
    private static final Pattern CODE_CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern CODE_VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    /** @throws Refusal which takes the error back to the client (RFC 6749 §4.1.2.1) */
    static ConsentRequest read(MultiMap query, ClientRedirect response) {
        for (String name : query.names()) {
            if (query.getAll(name).size() > 1) {
                throw new Refusal(response.error("invalid_request", name + " is given twice"));
            }
        }
        if (!"code".equals(query.get("response_type"))) {
            throw new Refusal(response.error("unsupported_response_type", "response_type is code"));
        }
        String state = text(query, "state");
        if (state.isEmpty()) {
            throw new Refusal(response.error("invalid_request", "state is missing"));
        }
        String codeChallenge = text(query, "code_challenge");
        if (!"S256".equals(query.get("code_challenge_method"))
                || !CODE_CHALLENGE.matcher(codeChallenge).matches()) {
            throw new Refusal(response.error("invalid_request", "code_challenge is missing or not made with S256"));
        }
        String scope = text(query, "scope");
        if (!SCOPES.containsAll(List.of(scope.split(" ", -1)))) {
            throw new Refusal(response.error("invalid_scope", "a scope is unknown, or none is asked for"));
        }
        return new ConsentRequest(response.redirectUri(), scope, state, codeChallenge);
    }

    private static String text(MultiMap query, String name) {
        String value = query.get(name);
        return value == null ? "" : value;
    }

    /** RFC 7636 §4.6. */
    boolean isProvenBy(String codeVerifier) {
        return CODE_VERIFIER.matcher(codeVerifier).matches() && codeChallenge.equals(s256(codeVerifier));
    }

    private static String s256(String codeVerifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(codeVerifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
