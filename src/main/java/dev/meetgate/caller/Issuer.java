package dev.meetgate.caller;

import dev.meetgate.issuer.IssuerKeys;
import dev.meetgate.issuer.Verification;
import java.util.List;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtContext;

/**
 * The JWTs (RFC 7519) that name a tenant, checked as RFC 8725 says.
 *
 * @param subjects the only subjects that the tenant accepts; empty if it accepts all
 * @param scopes the most that a token may be granted, and what a token that does not name any has
 */
record Issuer(Tenant tenant, String name, String audience, Set<String> subjects, List<String> scopes, IssuerKeys keys) {

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

    void verify(JwtContext token, List<JsonWebKey> known) throws InvalidJwtException, MalformedClaimException {
        Verification.of(name, known)
                .setExpectedAudience(audience)
                .setRequireSubject()
                .build()
                .processContext(token);
        NumericDate issuedAt = token.getJwtClaims().getIssuedAt();
        NumericDate now = NumericDate.now();
        now.addSeconds(Verification.LEEWAY_SECONDS);
        if (issuedAt != null && issuedAt.isAfter(now)) {
            throw new InvalidJwtException("issued in the future", List.of(), token);
        }
    }
}
