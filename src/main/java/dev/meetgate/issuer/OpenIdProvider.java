package dev.meetgate.issuer;

import dev.meetgate.problem.Failure;
import dev.meetgate.secret.BasicCredentials;
import dev.meetgate.secret.Secret;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** The provider is away, or nobody can sign in with what it answers. */
    public static final class Unusable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }

        Unusable(Throwable cause) {
            super(cause);
        }
    }

    private final Client client;
    private final IssuerClient http;
    private final IssuerKeys keys;
    private final OpenIdMetadata metadata;

    public OpenIdProvider(Client client, IssuerClient http) {
        this.client = client;
        this.http = http;
        metadata = new OpenIdMetadata(client, http);
        keys = new IssuerKeys(client.issuer(), () -> metadata.current()
                .flatMap(endpoints -> http.get(endpoints.keys(), client.byProxy()))
                .map(IssuerMetadata::keys));
    }

    /**
     * The address at which the browser signs in. Fails with {@link Unusable}.
     *
     * @param again whether the provider asks for the password even if the person is signed in there
     *     ({@code prompt=login}, OpenID Connect Core §3.1.2.1)
     */
    public Uni<URI> authorizationUri(Attempt attempt, URI redirectUri, boolean again) {
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
                attempt.codeVerifier().codeChallenge(),
                "code_challenge_method",
                "S256"));
        return metadata.current().map(endpoints -> {
            String address = endpoints.authorization().toString();
            String prompt = again ? "&prompt=login" : "";
            return URI.create(address + (address.contains("?") ? "&" : "?") + query + prompt);
        });
    }

    public boolean isIssuer(String name) {
        return client.issuer().equals(name);
    }

    /**
     * Redeems the code. Fails with an {@link AuthenticationFailedException} if the ID token is wrong, and
     * with {@link Unusable}.
     */
    public Uni<Person> redeem(Attempt attempt, Secret code, URI redirectUri) {
        String form = form(Map.of(
                "grant_type", "authorization_code",
                "code", code.reveal(),
                "redirect_uri", redirectUri.toString(),
                "code_verifier", attempt.codeVerifier().reveal()));
        return metadata.current()
                .flatMap(endpoints -> http.post(
                                endpoints.token(),
                                BasicCredentials.of(client.id(), client.secret()),
                                form,
                                client.byProxy())
                        .onFailure()
                        .transform(OpenIdProvider::unusable))
                .map(OpenIdMetadata::json)
                .flatMap(tokens -> keys.having(keyId(tokens.getString("id_token")))
                        .onFailure(Failure.IssuerUnavailable.class)
                        .transform(Unusable::new)
                        .map(known -> new IdTokens(client, known)
                                .person(tokens, attempt.nonce().reveal())));
    }

    private static Unusable unusable(Throwable failure) {
        return failure instanceof IssuerClient.Refused refused && refused.status() == 401
                ? new Unusable("it refuses MEETGATE_CONSOLE_CLIENT_ID or MEETGATE_CONSOLE_CLIENT_SECRET")
                : new Unusable(failure);
    }

    /** The keys are asked for again if they do not have the one of the token. */
    private static @Nullable String keyId(@Nullable String idToken) {
        try {
            String header = idToken == null ? "" : idToken.substring(0, Math.max(0, idToken.indexOf('.')));
            return OpenIdMetadata.json(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
                    .getString("kid");
        } catch (Unusable | IllegalArgumentException | ClassCastException notAJwt) {
            throw new AuthenticationFailedException("the answer of the provider has no ID token");
        }
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
