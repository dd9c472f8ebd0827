package dev.meetgate.vault;

/** When a call may be sent again. */
enum Repetition {
    /** Only where GoTo provably did not execute it. */
    WRITE(true, false),
    /** As a write, of which the caller must know that it may have been executed. */
    ONCE(true, false),
    /** Also where nobody knows whether it did. */
    READ(true, true),
    /** As a read, but that a rejected token is an answer. */
    PROBE(false, true);

    private final boolean renewsTokens;
    private final boolean isHarmless;

    Repetition(boolean renewsTokens, boolean isHarmless) {
        this.renewsTokens = renewsTokens;
        this.isHarmless = isHarmless;
    }

    int mostRejections() {
        return renewsTokens ? 1 : 0;
    }

    boolean isAllowedAfter(Throwable failure) {
        return WireFailures.isUnsent(failure) || (isHarmless && WireFailures.isUnavailability(failure));
    }
}
