package dev.meetgate.oauth;

import dev.meetgate.secret.Secret;

/** The result of an authorization request, from the query of the callback (RFC 6749 §4.1.2). */
public sealed interface AuthorizationResponse {

    record Granted(Secret code) implements AuthorizationResponse {}

    /**
     * The attempt ended without a code.
     *
     * @param error a code of RFC 6749 §4.1.2.1, another code of the server, {@link #WRONG_ISSUER} or
     *     {@link #UNREADABLE}; untrusted text that must not be displayed
     */
    record Refused(String error) implements AuthorizationResponse {}

    /** The response names another authorization server (RFC 9207 §2.4). */
    String WRONG_ISSUER = "wrong_issuer";

    /** The response has neither a code nor an error, or has a parameter twice. */
    String UNREADABLE = "unreadable_response";
}
