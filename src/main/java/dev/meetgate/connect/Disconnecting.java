package dev.meetgate.connect;

import dev.meetgate.caller.User;
import dev.meetgate.caller.UserLog;
import dev.meetgate.vault.TokenVault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Ends a user's links, then their attempts, then the connection: whoever is at GoTo meanwhile connects nothing. */
@Singleton
public class Disconnecting {

    private final ConnectLinks links;
    private final AuthorizationRequests requests;
    private final TokenVault vault;

    Disconnecting(ConnectLinks links, AuthorizationRequests requests, TokenVault vault) {
        this.links = links;
        this.requests = requests;
        this.vault = vault;
    }

    public Uni<Void> of(User user) {
        return links.endAll(user)
                .chain(() -> requests.endAll(user))
                .chain(() -> vault.disconnect(user))
                .invoke(() -> UserLog.info(user, "Disconnected"));
    }
}
