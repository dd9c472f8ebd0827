package dev.meetgate.gotoapi;

import dev.meetgate.audit.Audit;
import dev.meetgate.budget.Claim;

/**
 * One call to GoTo's API that changes something, or hands out a credential. The audit has an entry of it
 * before it is sent. Methods of REST clients that change something take it instead of a {@link GoToCall}.
 */
public final class GoToChange extends GoToCall {

    private final Audit.Entry entry;

    GoToChange(Claim claim, Attempt attempt, Audit.Entry entry) {
        super(claim, attempt);
        this.entry = entry;
    }

    /** Names what the call has made, for the audit. */
    public void made(String id) {
        entry.concerns(id);
    }
}
