package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Sealer;
import dev.meetgate.secret.Secret;
import jakarta.inject.Singleton;

/** Seals tokens for their field and user, so that they open nowhere else. */
@Singleton
class TokenSealer {

    private static final String ACCESS_TOKEN = "access_token";
    private static final String REFRESH_TOKEN = "refresh_token";

    private final Sealer sealer;

    TokenSealer(Sealer sealer) {
        this.sealer = sealer;
    }

    byte[] accessToken(Secret token, User user) {
        return seal(token, ACCESS_TOKEN, user);
    }

    byte[] refreshToken(Secret token, User user) {
        return seal(token, REFRESH_TOKEN, user);
    }

    Secret openAccessToken(byte[] value, User user) {
        return open(value, ACCESS_TOKEN, user);
    }

    Secret openRefreshToken(byte[] value, User user) {
        return open(value, REFRESH_TOKEN, user);
    }

    private byte[] seal(Secret token, String field, User user) {
        return sealer.seal(token, field, user.tenant(), user.id());
    }

    private Secret open(byte[] value, String field, User user) {
        try {
            return sealer.open(value, field, user.tenant(), user.id());
        } catch (Sealer.MissingKey missing) {
            throw new Failure.Unavailable("MEETGATE_KEYS lacks the key that sealed this connection.", missing);
        }
    }
}
