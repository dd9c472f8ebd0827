package dev.meetgate.vault;

/** A call was not sent, because there was no access token to send; its cause says why. REST clients wrap what their filters say. */
final class NoAccessToken extends RuntimeException {

    private final Throwable reason;

    NoAccessToken(Throwable reason) {
        super(reason);
        this.reason = reason;
    }

    static Throwable reason(Throwable failure) {
        return ((NoAccessToken) failure).reason;
    }
}
