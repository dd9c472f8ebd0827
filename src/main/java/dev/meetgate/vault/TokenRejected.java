package dev.meetgate.vault;

/** GoTo did not accept the access token, and so did not execute the call. */
final class TokenRejected extends RuntimeException {

    private final int status;

    TokenRejected(int status) {
        super("GoTo rejected the access token (status %d)".formatted(status));
        this.status = status;
    }

    int status() {
        return status;
    }
}
