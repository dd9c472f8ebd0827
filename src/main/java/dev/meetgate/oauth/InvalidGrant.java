package dev.meetgate.oauth;

/** The authorization server does not honour this code or refresh token (RFC 6749 §5.2), and asking again will not help. */
public final class InvalidGrant extends RuntimeException {

    InvalidGrant() {
        super("the authorization server refused the grant");
    }
}
