package dev.meetgate.gotoapi;

import dev.meetgate.budget.Claim;
import dev.meetgate.caller.User;

/** One call to GoTo's API. REST client methods take it as a {@code @NotBody} argument for the filters. */
public sealed class GoToCall permits GoToChange {

    /** When the call's access token is refreshed. */
    enum Renewal {
        WHEN_NEEDED,
        WHEN_REJECTED,
        BEFORE_THE_CALL_ONLY,
        NEVER
    }

    private final Claim claim;
    private final Attempt attempt;
    private final Renewal renewal;

    GoToCall(Claim claim, Attempt attempt) {
        this(claim, attempt, Renewal.WHEN_NEEDED);
    }

    private GoToCall(Claim claim, Attempt attempt, Renewal renewal) {
        this.claim = claim;
        this.attempt = attempt;
        this.renewal = renewal;
    }

    /** For a path that accepts every good token: a rejected token is dead, even if it cannot be refreshed. */
    public GoToCall provingTheToken() {
        return new GoToCall(claim, attempt, Renewal.WHEN_REJECTED);
    }

    /** For a path that rejects good tokens: a rejection is the answer, and refreshes nothing. */
    public GoToCall takingRejections() {
        return new GoToCall(claim, attempt, Renewal.BEFORE_THE_CALL_ONLY);
    }

    /** For a call that is worth no refresh at all: it uses the stored token, even if that is stale. */
    public GoToCall withStoredToken() {
        return new GoToCall(claim, attempt, Renewal.NEVER);
    }

    /** As of the time when the token was read. Fails before that. */
    public boolean hasKnownMeetings() {
        return attempt.token().hasKnownMeetings();
    }

    Claim claim() {
        return claim;
    }

    User user() {
        return claim.user();
    }

    Attempt attempt() {
        return attempt;
    }

    Renewal renewal() {
        return renewal;
    }
}
