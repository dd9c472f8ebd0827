package dev.meetgate.oauth;

import dev.meetgate.secret.Secret;

/** What the authorization server put in the callback's query (RFC 6749 §4.1.2). */
public sealed interface AuthorizationResponse {

    record Granted(Secret code) implements AuthorizationResponse {}

    /**
     * The attempt ended without a code.
     *
     * @param error a code of RFC 6749 §4.1.2.1, any other that the server sent, {@link #WRONG_ISSUER} or {@link #UNREADABLE};
     *     text from outside, never to be shown
     */
    record Refused(String error) implements AuthorizationResponse {}

    /** The response names another authorization server (RFC 9207 §2.4). */
    String WRONG_ISSUER = "wrong_issuer";

    /** The response has neither a code nor an error, or one of its parameters twice. */
    String UNREADABLE = "unreadable_response";
}
