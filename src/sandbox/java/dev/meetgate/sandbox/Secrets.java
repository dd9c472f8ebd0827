package dev.meetgate.sandbox;

import io.vertx.core.json.JsonArray;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every secret that was issued or seen, so that a test can look for them where they must not be. Prefixes make them easy to spot. */
final class Secrets {

    private final SecureRandom random = new SecureRandom();
    private final Set<String> all = new LinkedHashSet<>();

    String code() {
        return saw("sbx-code-" + random(32));
    }

    String refreshToken() {
        return saw("sbx-rt-" + random(32));
    }

    /** As long as GoTo's, which are JWTs, and with their dots. */
    String accessToken() {
        return saw("sbx-at." + random(900) + "." + random(256));
    }

    String hostToken() {
        return saw("sbx-host-" + random(32));
    }

    String saw(String secret) {
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
