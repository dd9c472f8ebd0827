package dev.meetgate.issuer;

import dev.meetgate.issuer.OpenIdProvider.Client;
import dev.meetgate.issuer.OpenIdProvider.Person;
import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Verifies ID tokens (OpenID Connect Core §3.1.3.7), and reads from them who has signed in.
 *
 * @param keys the provider's keys
 */
record IdTokens(Client client, List<JsonWebKey> keys) {

    private static final int LONGEST_NAME = 100;

    /**
     * Fails with an {@link AuthenticationFailedException} unless the ID token is valid and of this sign-in.
     */
    Person person(JsonObject tokens, String nonce) {
        try {
            JwtClaims claims = consumer()
                    .setExpectedAudience(client.id())
                    .setRequireSubject()
                    .build()
                    .processToClaims(text(tokens, "id_token"));
            boolean isOurs = nonce.equals(claims.getStringClaimValue("nonce"))
                    && (!claims.hasClaim("azp") || client.id().equals(claims.getStringClaimValue("azp")));
            if (!isOurs) {
                throw new AuthenticationFailedException("the ID token is of another sign-in");
            }
            var roles = new TreeSet<>(roles(claims));
            roles.addAll(rolesOfAccess(tokens));
            return new Person(name(claims), roles);
        } catch (InvalidJwtException wrong) {
            // The exception's own words contain the token.
            throw new AuthenticationFailedException("the ID token is refused: " + Verification.reason(wrong));
        } catch (MalformedClaimException | ClassCastException wrong) {
            throw new AuthenticationFailedException("a claim of the ID token is malformed");
        }
    }

    private static String name(JwtClaims claims) throws MalformedClaimException {
        String preferred = claims.getStringClaimValue("preferred_username");
        String name = preferred == null || preferred.isBlank() ? claims.getSubject() : preferred;
        if (name.length() > LONGEST_NAME || name.codePoints().anyMatch(Character::isISOControl)) {
            throw new AuthenticationFailedException("the name of the person is too long or has control characters");
        }
        return name;
    }

    private JwtConsumerBuilder consumer() {
        return Verification.of(client.issuer(), keys);
    }

    /** Keycloak has the roles in the access token alone, by default. One of another kind has none. */
    private Set<String> rolesOfAccess(JsonObject tokens) throws MalformedClaimException {
        try {
            JwtConsumer consumer = consumer().setSkipDefaultAudienceValidation().build();
            JwtClaims claims = consumer.processToClaims(text(tokens, "access_token"));
            return client.id().equals(claims.getStringClaimValue("azp")) ? roles(claims) : Set.of();
        } catch (InvalidJwtException notAJwt) {
            return Set.of();
        }
    }

    private Set<String> roles(JwtClaims claims) {
        var roles = new TreeSet<String>();
        roles.addAll(texts(claims.getClaimValue("roles")));
        roles.addAll(texts(claims.getClaimValue("groups")));
        roles.addAll(texts(member(claims.getClaimValue("realm_access"), "roles")));
        roles.addAll(texts(member(member(claims.getClaimValue("resource_access"), client.id()), "roles")));
        return roles;
    }

    private static @Nullable Object member(@Nullable Object object, String name) {
        return object instanceof Map<?, ?> members ? members.get(name) : null;
    }

    private static Set<String> texts(@Nullable Object value) {
        return value instanceof Collection<?> texts
                ? texts.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static String text(JsonObject tokens, String name) {
        String text = tokens.getString(name);
        if (text == null) {
            throw new AuthenticationFailedException("the answer of the provider has no " + name);
        }
        return text;
    }
}
