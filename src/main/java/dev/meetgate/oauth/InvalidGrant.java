package dev.meetgate.oauth;

/** The authorization server rejects the code or refresh token for good (RFC 6749 §5.2). */
public final class InvalidGrant extends RuntimeException {

    InvalidGrant() {
        super("the authorization server refused the grant");
    }
}
