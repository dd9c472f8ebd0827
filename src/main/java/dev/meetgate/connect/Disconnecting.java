package dev.meetgate.connect;

import dev.meetgate.caller.User;
import dev.meetgate.caller.UserLog;
import dev.meetgate.vault.TokenVault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * Ends the links of a user, then the attempts, then the connection. In this order, a person who is at GoTo at
 * this moment cannot connect again.
 */
@Singleton
public class Disconnecting {

    private final ConnectLinks links;
    private final AttemptEnds attemptEnds;
    private final TokenVault vault;

    Disconnecting(ConnectLinks links, AttemptEnds attemptEnds, TokenVault vault) {
        this.links = links;
        this.attemptEnds = attemptEnds;
        this.vault = vault;
    }

    public Uni<Void> of(User user) {
        return links.endAll(user)
                .chain(() -> attemptEnds.endAll(user))
                .chain(() -> vault.disconnect(user))
                .invoke(disconnected -> {
                    if (disconnected) {
                        UserLog.info(user, "Disconnected");
                    }
                })
                .replaceWithVoid();
    }
}
