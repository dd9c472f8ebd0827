package dev.meetgate.console;

import dev.meetgate.budget.Budget;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.reactive.Circuit;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Tells how GoTo is, as this replica and the database know. */
@Singleton
class GoToHealth {

    private final Circuit api;
    private final AuthorizationServer authorizationServer;
    private final Budget budget;

    GoToHealth(Circuit api, AuthorizationServer authorizationServer, Budget budget) {
        this.api = api;
        this.authorizationServer = authorizationServer;
        this.budget = budget;
    }

    /** Whether this replica sends no requests to GoTo's API, or no token requests. */
    boolean isAway() {
        return api.isOpen() || authorizationServer.isResting();
    }

    Uni<Fleet.GoTo> now() {
        return budget.slowness()
                .map(slowness -> new Fleet.GoTo(
                        !api.isOpen(),
                        !authorizationServer.isResting(),
                        slowness.pausedUntil(),
                        slowness.fullSpeedAt()));
    }
}
