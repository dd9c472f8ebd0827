package dev.meetgate.gotoapi;

import dev.meetgate.budget.Slot;
import dev.meetgate.reactive.Circuit;
import org.jspecify.annotations.Nullable;

/** A request that was sent. Its permit of the circuit ends with GoTo's answer, or when there is none. */
record SentRequest(String operation, Slot slot, Circuit.Permit permit, long sentAt) {

    static SentRequest now(String operation, Slot slot, Circuit.Permit permit) {
        return new SentRequest(operation, slot, permit, System.nanoTime());
    }

    /** GoTo has answered. The filters may still wait for what comes of it. */
    void answered() {
        permit.end(null);
    }

    /** The circuit learns nothing more of a request that was answered. */
    void end(@Nullable Throwable failure, GoToMetrics metrics) {
        permit.end(failure);
        metrics.record(operation, failure, System.nanoTime() - sentAt);
    }
}
