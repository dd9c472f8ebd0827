package dev.meetgate.caller;

import dev.meetgate.caller.RefusedCredentials.Owner;
import dev.meetgate.issuer.Verification;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.jwx.Headers;
import org.jspecify.annotations.Nullable;

/** Authenticates a tenant by a JWT of an issuer that it has in the settings: of RFC 9068, or a plain one. */
@Singleton
class JsonWebTokens {

    private static final Pattern SHAPE = Pattern.compile("ey[\\w-]+\\.[\\w-]+\\.[\\w-]*");
    private static final Pattern OF_A_USER = Pattern.compile("/v1/users/([^/]+)/.+");

    private static final String PLAIN = "JWT";

    /**
     * Values of the header {@code typ} that access tokens have. Issuer and signature alone would let ID tokens
     * in too.
     */
    private static final Set<String> TYPES = Set.of(PLAIN, "at+jwt", "application/at+jwt");

    /**
     * Claims of ID tokens (OpenID Connect Core §2, §3.3.2.11). The type of an ID token often does not tell it
     * from an access token.
     */
    private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash");

    private static final List<String> TEXTS = List.of(
            HeaderParameterNames.ALGORITHM,
            HeaderParameterNames.KEY_ID,
            HeaderParameterNames.TYPE,
            HeaderParameterNames.CONTENT_TYPE,
            HeaderParameterNames.X509_CERTIFICATE_THUMBPRINT,
            HeaderParameterNames.X509_CERTIFICATE_SHA256_THUMBPRINT);

    /** The claims that restrict what a token may do. One that is null would restrict nothing. */
    private static final List<String> RESTRICTIONS = List.of("scope", "scp", "cnf", "meetgate_user");

    private static final int LONGEST_SUBJECT = 255;

    private static final JwtConsumer READER = new JwtConsumerBuilder()
            .setSkipAllValidators()
            .setDisableRequireSignature()
            .setSkipSignatureVerification()
            .build();

    private final Issuers issuers;
    private final ClientCertificates certificates;

    JsonWebTokens(Issuers issuers, ClientCertificates certificates) {
        this.issuers = issuers;
        this.certificates = certificates;
    }

    /** The token, not verified yet. Null if the text is no JWT of an issuer in the settings. */
    @Nullable
    JwtContext read(String bearer) {
        if (issuers.hasNone() || !SHAPE.matcher(bearer).matches()) {
            return null;
        }
        try {
            JwtContext token = READER.process(bearer);
            return issuers.hasOne(token.getJwtClaims().getIssuer()) ? token : null;
        } catch (InvalidJwtException | MalformedClaimException | ClassCastException noJwt) {
            return null;
        }
    }

    /** Fails with an {@link AuthenticationFailedException} if the token is wrong. */
    Uni<Grant> verify(JwtContext token, HttpServerRequest request) {
        List<Issuer> meant = issuers.meantBy(token.getJwtClaims());
        if (meant.size() != 1 || !isAccessToken(token)) {
            return Uni.createFrom()
                    .failure(new AuthenticationFailedException(
                            "no tenant accepts this issuer, audience and subject, or it is no access token"));
        }
        Issuer issuer = meant.get(0);
        return issuer.keys()
                .having(header(token).getStringHeaderValue(HeaderParameterNames.KEY_ID))
                .map(keys -> grant(issuer, token, keys, request));
    }

    /** The tenant that the claims of a refused token point to. Nothing of that token may be verified. */
    Owner owner(JwtContext token) {
        List<Issuer> meant = issuers.meantBy(token.getJwtClaims());
        return meant.size() == 1 ? new Owner(meant.get(0).tenant().name(), Actor.MEETGATE) : Owner.UNKNOWN;
    }

    private static boolean isAccessToken(JwtContext token) {
        Headers header = header(token);
        boolean texts = TEXTS.stream()
                .map(header::getObjectHeaderValue)
                .allMatch(value -> value == null || value instanceof String);
        if (!texts || token.getJoseObjects().size() != 1) {
            return false;
        }
        String type = header.getStringHeaderValue(HeaderParameterNames.TYPE);
        JwtClaims claims = token.getJwtClaims();
        // Keycloak's tokens of all kinds have the type JWT, and their kind in this claim.
        Object kind = claims.getClaimValue("typ");
        boolean mayBe = (type == null || TYPES.stream().anyMatch(type::equalsIgnoreCase))
                && (kind == null || kind.equals("Bearer"));
        // Old versions of Keycloak put a nonce into access tokens.
        boolean saysSo = kind != null || (type != null && !type.equalsIgnoreCase(PLAIN));
        return mayBe && (saysSo || OF_ID_TOKENS.stream().noneMatch(claims::hasClaim));
    }

    private static Headers header(JwtContext token) {
        return token.getJoseObjects().get(0).getHeaders();
    }

    private Grant grant(Issuer issuer, JwtContext token, List<JsonWebKey> keys, HttpServerRequest request) {
        try {
            issuer.verify(token, keys);
            JwtClaims claims = token.getJwtClaims();
            if (RESTRICTIONS.stream()
                    .anyMatch(name -> claims.getClaimNames().contains(name) && !claims.hasClaim(name))) {
                throw new AuthenticationFailedException("a claim is null that restricts the token");
            }
            checkBinding(claims, request);
            var actor = new Actor(Actor.Kind.JWT, name(claims));
            return new Grant(issuer.tenant(), scopes(issuer, claims), actor, isOfOtherUser(claims, request));
        } catch (InvalidJwtException wrong) {
            throw new AuthenticationFailedException(Verification.reason(wrong), wrong);
        } catch (MalformedClaimException | ClassCastException wrong) {
            throw new AuthenticationFailedException("a claim is malformed", wrong);
        }
    }

    /** The audit stores it. The subject of a token that is tied to a user may be that person. */
    private static String name(JwtClaims claims) throws MalformedClaimException {
        String subject = claims.getSubject();
        if (claims.hasClaim("meetgate_user")) {
            String client = claims.getStringClaimValue(claims.hasClaim("azp") ? "azp" : "client_id");
            subject = client == null ? "user" : client;
        }
        if (subject.length() > LONGEST_SUBJECT || subject.codePoints().anyMatch(Character::isISOControl)) {
            throw new AuthenticationFailedException("the subject of the token is too long or has control characters");
        }
        return subject;
    }

    private static List<String> scopes(Issuer issuer, JwtClaims claims) throws MalformedClaimException {
        String granted = claims.getStringClaimValue("scope");
        if (granted == null && !claims.hasClaim("scp")) {
            return issuer.scopes();
        }
        List<String> scopes = granted == null ? scp(claims) : Scopes.in(granted);
        return issuer.scopes().stream().filter(scopes::contains).toList();
    }

    /** Entra has a text in it, and Okta a list. */
    private static List<String> scp(JwtClaims claims) throws MalformedClaimException {
        return claims.isClaimValueString("scp")
                ? Scopes.in(claims.getStringClaimValue("scp"))
                : claims.getStringListClaimValue("scp");
    }

    /** A bound token (RFC 7800) is of use with the certificate that it names (RFC 8705 §3.1). */
    private void checkBinding(JwtClaims claims, HttpServerRequest request) throws MalformedClaimException {
        if (!claims.hasClaim("cnf")) {
            return;
        }
        Map<?, ?> confirmation = claims.getClaimValue("cnf", Map.class);
        byte[] sha256 = certificates.sha256(request);
        if (sha256 == null
                || !Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(sha256)
                        .equals(confirmation.get("x5t#S256"))) {
            throw new AuthenticationFailedException("the token is bound to another key");
        }
    }

    /** Only the paths of the user to whom the token is tied, if it is. */
    private static boolean isOfOtherUser(JwtClaims claims, HttpServerRequest request) throws MalformedClaimException {
        String user = claims.getStringClaimValue("meetgate_user");
        return user != null && !isPathOf(user, String.valueOf(request.path()));
    }

    private static boolean isPathOf(String user, String path) {
        Matcher segments = OF_A_USER.matcher(path);
        return segments.matches()
                && URLDecoder.decode(segments.group(1).replace("+", "%2B"), StandardCharsets.UTF_8)
                        .equals(user);
    }
}
