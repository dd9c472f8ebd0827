package dev.meetgate.vault;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.caller.User;
import dev.meetgate.secret.Secret;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenSetTest {

    private final Instant issued = Instant.parse("2027-01-15T09:00:00Z");

    @Test
    void isStaleAMinuteBeforeItExpires() {
        TokenSet anHour = tokens(true, 3600);

        assertFalse(anHour.staleAt(issued.plusSeconds(3539)));
        assertTrue(anHour.staleAt(issued.plusSeconds(3540)));
    }

    @Test
    void isFreshAtFirstEvenWithAShortLifetime() {
        TokenSet halfAMinute = tokens(true, 30);

        assertFalse(halfAMinute.staleAt(issued));
        assertTrue(halfAMinute.staleAt(issued.plusSeconds(24)));
    }

    @Test
    void isUsedUntilItExpiresWithoutARefreshToken() {
        TokenSet last = tokens(false, 3600);

        assertFalse(last.staleAt(issued.plusSeconds(3599)));
        assertTrue(last.staleAt(issued.plusSeconds(3600)));
    }

    private TokenSet tokens(boolean refreshable, int lifetime) {
        var user = new User("acme", "alice");
        return new TokenSet(
                user,
                new AccessToken(Secret.of("token"), 1, refreshable, false),
                null,
                issued,
                issued.plusSeconds(lifetime));
    }
}
