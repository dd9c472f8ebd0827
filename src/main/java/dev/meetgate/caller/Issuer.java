package dev.meetgate.caller;

import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/**
 * The JWTs (RFC 7519) that name a tenant, checked as RFC 8725 says.
 *
 * @param subjects the only subjects that the tenant accepts; empty if it accepts all
 * @param scopes the most that a token may be granted, and what a token that does not name any has
 */
record Issuer(Tenant tenant, String name, String audience, Set<String> subjects, List<String> scopes, IssuerKeys keys) {

    /** No symmetric algorithm: an issuer's public key must never be taken for a secret. */
    static final AlgorithmConstraints ALGORITHMS = new AlgorithmConstraints(
            ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.EDDSA);

    static final int LEEWAY_SECONDS = 30;

    /** Whether claims that nobody has verified yet are meant for this tenant. */
    boolean isMeantBy(JwtClaims claims) {
        try {
            return name.equals(claims.getIssuer())
                    && claims.hasAudience()
                    && claims.getAudience().contains(audience)
                    && (subjects.isEmpty() || subjects.contains(claims.getSubject()));
        } catch (MalformedClaimException malformed) {
            return false;
        }
    }

    /**
     * Verifies the token with these keys alone: what its header says of keys is ignored, except for their id.
     */
    void verify(JwtContext token, List<JsonWebKey> known) throws InvalidJwtException, MalformedClaimException {
        var resolver = new JwksVerificationKeyResolver(known);
        resolver.setDisambiguateWithVerifySignature(true);
        new JwtConsumerBuilder()
                .setVerificationKeyResolver(resolver)
                .setJwsAlgorithmConstraints(ALGORITHMS)
                .setExpectedIssuer(name)
                .setExpectedAudience(audience)
                .setRequireSubject()
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
                .build()
                .processContext(token);
        NumericDate issuedAt = token.getJwtClaims().getIssuedAt();
        NumericDate now = NumericDate.now();
        now.addSeconds(LEEWAY_SECONDS);
        if (issuedAt != null && issuedAt.isAfter(now)) {
            throw new InvalidJwtException("issued in the future", List.of(), token);
        }
    }
}
