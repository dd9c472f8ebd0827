package dev.meetgate.issuer;

import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/** The verification of JWTs (RFC 7519), as RFC 8725 says. */
public final class Verification {

    public static final int LEEWAY_SECONDS = 30;

    /** No symmetric algorithm: an issuer's public key must never be taken for a secret. */
    private static final AlgorithmConstraints ALGORITHMS = new AlgorithmConstraints(
            ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.EDDSA);

    private Verification() {}

    /**
     * Verifies with these keys alone: what a token's header says of keys is ignored, except for their id.
     */
    public static JwtConsumerBuilder of(String issuer, List<JsonWebKey> keys) {
        var resolver = new JwksVerificationKeyResolver(keys);
        resolver.setDisambiguateWithVerifySignature(true);
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(resolver)
                .setJwsAlgorithmConstraints(ALGORITHMS)
                .setExpectedIssuer(issuer)
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(LEEWAY_SECONDS);
    }

    /** Without the words of the exception, which contain the token. */
    public static String reason(InvalidJwtException wrong) {
        if (wrong.hasExpired()) {
            return "it has expired";
        }
        if (wrong.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return "it is not valid yet";
        }
        return wrong.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)
                        || wrong.getErrorDetails().isEmpty()
                ? "no key of its issuer verifies it"
                : "a claim is missing or wrong";
    }
}
