package dev.meetgate.issuer;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** What an issuer publishes: where its keys are, and the keys. */
public final class IssuerMetadata {

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    static final Pattern SAFE = Pattern.compile("https://.+|http://(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])[:/].*");

    private IssuerMetadata() {}

    /** Where the metadata is (OpenID Connect Discovery §4). */
    public static String address(String issuer) {
        return issuer.replaceFirst("/+$", "") + DISCOVERY;
    }

    /** Fails unless the metadata (RFC 8414 §3.3) is the issuer's own and leads to a safe address. */
    public static String jwksUrl(String metadata, String issuer) {
        try {
            // Vert.x's own JSON needs the beans of a start, which the doctor does not have.
            Map<String, Object> json = JsonUtil.parseJson(metadata);
            if (!issuer.equals(json.get("issuer"))) {
                throw new IllegalArgumentException("its metadata names another issuer");
            }
            if (!(json.get("jwks_uri") instanceof String url)
                    || !SAFE.matcher(url).matches()) {
                throw new IllegalArgumentException("its metadata has no jwks_uri with https");
            }
            return url;
        } catch (JoseException nonsense) {
            throw new IllegalArgumentException("its metadata is not readable", nonsense);
        }
    }

    /** The public keys of a JWK set (RFC 7517) that verify signatures. Fails if there are none. */
    public static List<JsonWebKey> keys(String jwks) {
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(jwks)
                    .getJsonWebKeys().stream()
                            .filter(key -> key instanceof PublicJsonWebKey && key.getKey() != null)
                            .filter(key -> key.getUse() == null || key.getUse().equals("sig"))
                            .toList();
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("its key set has no usable key");
            }
            return keys;
        } catch (JoseException nonsense) {
            throw new IllegalArgumentException("its key set is not readable", nonsense);
        }
    }
}
