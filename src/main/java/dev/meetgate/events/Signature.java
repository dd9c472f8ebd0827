package dev.meetgate.events;

import dev.meetgate.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The header {@code webhook-signature} of Standard Webhooks: one signature of each secret. */
final class Signature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String SECRET_START = "whsec_";

    private Signature() {}

    static String of(String id, String timestamp, String body, List<Secret> secrets) {
        byte[] content = "%s.%s.%s".formatted(id, timestamp, body).getBytes(StandardCharsets.UTF_8);
        return secrets.stream().map(secret -> "v1," + of(content, secret)).collect(Collectors.joining(" "));
    }

    private static String of(byte[] content, Secret secret) {
        byte[] key = Base64.getDecoder().decode(secret.reveal().substring(SECRET_START.length()));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has no HMAC-SHA256", e);
        }
    }
}
