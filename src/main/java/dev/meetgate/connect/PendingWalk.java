package dev.meetgate.connect;

import dev.meetgate.caller.User;
import dev.meetgate.secret.Secret;
import java.time.OffsetDateTime;

/** A link whose consent waits, or has waited. */
record PendingWalk(StoredLink link, Secret code, OffsetDateTime until, boolean isOpen) {

    User user() {
        return link.content().user();
    }
}
