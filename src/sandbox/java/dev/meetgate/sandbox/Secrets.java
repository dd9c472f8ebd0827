package dev.meetgate.sandbox;

import io.vertx.core.json.JsonArray;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All secrets that the sandbox has issued or received. Tests search logs and answers for them. Prefixes make
 * them easy to find.
 */
final class Secrets {

    private final SecureRandom random = new SecureRandom();
    private final Set<String> all = new LinkedHashSet<>();

    String code() {
        return remember("sbx-code-" + random(32));
    }

    String refreshToken() {
        return remember("sbx-rt-" + random(32));
    }

    /** As long as GoTo's access tokens, which are JWTs with dots. */
    String accessToken() {
        return remember("sbx-at." + random(900) + "." + random(256));
    }

    String hostToken() {
        return remember("sbx-host-" + random(32));
    }

    String remember(String secret) {
        all.add(secret);
        return secret;
    }

    JsonArray json() {
        return new JsonArray(List.copyOf(all));
    }

    private String random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
