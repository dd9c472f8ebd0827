package dev.meetgate.caller;

import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
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
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider at which people sign in, by the code flow with PKCE (OpenID Connect Core §3.1). Nothing
 * is asked of it before the first sign-in.
 */
public final class OpenIdProvider {

    /** MeetGate as the provider's client. */
    public record Client(String issuer, String id, Secret secret, boolean byProxy) {}

    /** What a sign-in is recognized by. The provider sees the state, the nonce and a hash of the verifier. */
    public record Attempt(Secret state, Secret codeVerifier, Secret nonce) {

        public static Attempt begin() {
            return new Attempt(Secret.random(), Secret.random(), Secret.random());
        }
    }

    /** Who has signed in. */
    public record Person(String name, Set<String> roles) {}

    private record Metadata(URI authorization, URI token, URI keys, long readAt) {}

    private static final long FRESH_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int LONGEST_NAME = 100;

    private final Client client;
    private final IssuerClient http;
    private final IssuerKeys keys;
    private @Nullable Metadata known;
    private @Nullable Uni<Metadata> underWay;
    private long pauseUntil = System.nanoTime();

    public OpenIdProvider(Client client, IssuerClient http) {
        this.client = client;
        this.http = http;
        keys = new IssuerKeys(client.issuer(), () -> metadata()
                .flatMap(metadata -> http.get(metadata.keys(), client.byProxy()))
                .map(IssuerMetadata::keys));
    }

    /** The address at which the browser signs in. */
    public Uni<URI> authorizationUri(Attempt attempt, URI redirectUri) {
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(attempt.codeVerifier().sha256());
        String query = form(Map.of(
                "response_type",
                "code",
                "client_id",
                client.id(),
                "redirect_uri",
                redirectUri.toString(),
                "scope",
                "openid profile",
                "state",
                attempt.state().reveal(),
                "nonce",
                attempt.nonce().reveal(),
                "code_challenge",
                challenge,
                "code_challenge_method",
                "S256"));
        return metadata().map(metadata -> {
            String address = metadata.authorization().toString();
            return URI.create(address + (address.contains("?") ? "&" : "?") + query);
        });
    }

    public boolean isIssuer(String name) {
        return client.issuer().equals(name);
    }

    /** Redeems the code. Fails with an {@link AuthenticationFailedException} if the ID token is wrong. */
    public Uni<Person> redeem(Attempt attempt, Secret code, URI redirectUri) {
        String form = form(Map.of(
                "grant_type", "authorization_code",
                "code", code.reveal(),
                "redirect_uri", redirectUri.toString(),
                "code_verifier", attempt.codeVerifier().reveal()));
        return metadata()
                .flatMap(metadata -> http.post(metadata.token(), basic(), form, client.byProxy()))
                .onFailure(failure -> failure instanceof IssuerClient.Refused refused && refused.status() == 401)
                .transform(invalidClient -> new IllegalStateException(
                        "it refuses MEETGATE_CONSOLE_CLIENT_ID or MEETGATE_CONSOLE_CLIENT_SECRET", invalidClient))
                .map(OpenIdProvider::json)
                .flatMap(tokens ->
                        keys.having(keyId(tokens.getString("id_token"))).map(known -> person(tokens, attempt, known)));
    }

    private Person person(JsonObject tokens, Attempt attempt, List<JsonWebKey> keys) {
        try {
            JwtClaims claims = consumer(keys)
                    .setExpectedAudience(client.id())
                    .setRequireSubject()
                    .build()
                    .processToClaims(text(tokens, "id_token"));
            boolean isOurs = attempt.nonce().reveal().equals(claims.getStringClaimValue("nonce"))
                    && (!claims.hasClaim("azp") || client.id().equals(claims.getStringClaimValue("azp")));
            if (!isOurs) {
                throw new AuthenticationFailedException("the ID token is of another sign-in");
            }
            var roles = new TreeSet<>(roles(claims));
            roles.addAll(rolesOfAccess(tokens, keys));
            return new Person(name(claims), roles);
        } catch (InvalidJwtException wrong) {
            // The exception's own words contain the token.
            throw new AuthenticationFailedException("the ID token is refused: " + JsonWebTokens.reason(wrong));
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

    private JwtConsumerBuilder consumer(List<JsonWebKey> keys) {
        var resolver = new JwksVerificationKeyResolver(keys);
        resolver.setDisambiguateWithVerifySignature(true);
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(resolver)
                .setJwsAlgorithmConstraints(Issuer.ALGORITHMS)
                .setExpectedIssuer(client.issuer())
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(Issuer.LEEWAY_SECONDS);
    }

    /** Keycloak has the roles in the access token alone, by default. One of another kind has none. */
    private Set<String> rolesOfAccess(JsonObject tokens, List<JsonWebKey> keys) throws MalformedClaimException {
        try {
            JwtConsumer consumer =
                    consumer(keys).setSkipDefaultAudienceValidation().build();
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

    /** The keys are asked for again if they do not have the one of the token. */
    private static @Nullable String keyId(@Nullable String idToken) {
        try {
            String header = idToken == null ? "" : idToken.substring(0, Math.max(0, idToken.indexOf('.')));
            return json(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
                    .getString("kid");
        } catch (IllegalArgumentException | ClassCastException notAJwt) {
            throw new AuthenticationFailedException("the answer of the provider has no ID token");
        }
    }

    private static String text(JsonObject tokens, String name) {
        String text = tokens.getString(name);
        if (text == null) {
            throw new AuthenticationFailedException("the answer of the provider has no " + name);
        }
        return text;
    }

    /** The provider is asked once at a time, and not within a second of a failure. */
    private synchronized Uni<Metadata> metadata() {
        long now = System.nanoTime();
        if (known != null && now - known.readAt() < FRESH_NANOS) {
            return Uni.createFrom().item(known);
        }
        if (underWay != null) {
            return underWay;
        }
        if (now - pauseUntil < 0) {
            return Uni.createFrom().failure(new Failure.IssuerUnavailable(Duration.ofNanos(pauseUntil - now)));
        }
        Uni<Metadata> answer = http.get(
                        URI.create(client.issuer().replaceFirst("/+$", "") + IssuerMetadata.DISCOVERY),
                        client.byProxy())
                .map(text -> metadata(json(text)))
                .onItemOrFailure()
                .invoke((metadata, failure) -> learn(metadata))
                .memoize()
                .indefinitely();
        underWay = answer;
        return answer;
    }

    private synchronized void learn(@Nullable Metadata metadata) {
        underWay = null;
        if (metadata == null) {
            pauseUntil = System.nanoTime() + PAUSE_NANOS;
        } else {
            known = metadata;
        }
    }

    /** Fails unless the metadata is the issuer's own and leads to safe addresses. */
    private Metadata metadata(JsonObject json) {
        if (!client.issuer().equals(json.getString("issuer"))) {
            throw new IllegalArgumentException("the metadata of the OpenID provider names another issuer");
        }
        return new Metadata(
                address(json, "authorization_endpoint"),
                address(json, "token_endpoint"),
                address(json, "jwks_uri"),
                System.nanoTime());
    }

    private static URI address(JsonObject json, String name) {
        String url = json.getString(name);
        if (url == null || !IssuerMetadata.SAFE.matcher(url).matches()) {
            throw new IllegalArgumentException(
                    "the metadata of the OpenID provider has no %s with https".formatted(name));
        }
        return URI.create(url);
    }

    private static JsonObject json(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException nonsense) {
            throw new IllegalArgumentException("the answer of the OpenID provider is not JSON", nonsense);
        }
    }

    /** Form-encoded before Basic (RFC 6749 §2.3.1). */
    private String basic() {
        String credentials =
                encoded(client.id()) + ":" + encoded(client.secret().reveal());
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
