package dev.meetgate.caller;

import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.local;
import static dev.meetgate.caller.Callers.as;
import static dev.meetgate.caller.TestIssuers.EC;
import static dev.meetgate.caller.TestIssuers.ED25519;
import static dev.meetgate.caller.TestIssuers.RSA;
import static dev.meetgate.caller.TestIssuers.STRANGER;
import static dev.meetgate.caller.TestIssuers.claims;
import static dev.meetgate.caller.TestIssuers.compact;
import static dev.meetgate.caller.TestIssuers.signed;
import static dev.meetgate.caller.TestIssuers.unsigned;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.WrittenLog;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JWTs of issuers in the settings. */
@QuarkusTest
@TestProfile(Callers.class)
class JwtTest {

    private static final String CONNECTIONS = "/v1/connections";

    @Inject
    WrongKeys wrongKeys;

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA"})
    void takesTheListedAlgorithms(String algorithm) {
        var key = algorithm.equals("ES256") ? EC : algorithm.equals("EdDSA") ? ED25519 : RSA;

        ok(signed(claims("one"), key, algorithm));
    }

    @Test
    void takesTheTenantFromTheAudience() {
        Sandbox.reset();
        String user = connectedUser();
        JwtClaims others = claims("one");
        others.setAudience("other", "https://elsewhere.example.com");

        as(signed(claims("one")), "GET", "/v1/users/" + user + "/connection")
                .then()
                .statusCode(200);
        as(signed(others), "GET", "/v1/users/" + user + "/connection").then().statusCode(404);
    }

    @Test
    void refusesATokenThatMeansTwoTenants() {
        JwtClaims both = claims("one");
        both.setAudience("meetgate", "other");

        wrong(signed(both));
    }

    /** A projected token of Kubernetes: an array of audiences, its own claims, and no scope. */
    @Test
    void takesATokenOfAServiceAccount() {
        var token = unsigned(projected("cart"), RSA, "RS256");
        token.getHeaders().setObjectHeaderValue("typ", null);
        token.setKey(RSA.getPrivateKey());

        as(compact(token), "GET", "/v1/users/" + freshUser() + "/meetings")
                .then()
                .statusCode(404);
        as(compact(token), "GET", CONNECTIONS).then().statusCode(403).body("scope", equalTo("connections:read"));
        wrong(signed(projected("checkout")));
    }

    private static JwtClaims projected(String account) {
        JwtClaims claims = claims("kube");
        claims.setSubject("system:serviceaccount:shop:" + account);
        claims.setAudience("https://kubernetes.default.svc", "meetgate");
        claims.setNotBeforeMinutesInThePast(0);
        claims.setGeneratedJwtId();
        claims.setClaim(
                "kubernetes.io",
                Map.of("namespace", "shop", "serviceaccount", Map.of("name", account, "uid", "0c6b3f3e")));
        return claims;
    }

    @ParameterizedTest
    @CsvSource({
        "'meetings:read email', GET, /v1/users/{user}/meetings, 404, ",
        "'meetings:read email', GET, /v1/connections, 403, connections:read",
        "'meetings:read goto:raw', GET, /v1/users/{user}/goto/G2M/rest/upcomingMeetings, 403, goto:raw",
        "'profile email', GET, /v1/connections, 403, connections:read",
        "'', GET, /v1/connections, 403, connections:read",
    })
    void grantsTheScopesOfTheTokenWithinThoseOfTheTenant(
            String granted, String method, String path, int status, String lacking) {
        JwtClaims claims = claims("one");
        claims.setStringClaim("scope", granted);

        as(signed(claims), method, path.replace("{user}", freshUser()))
                .then()
                .statusCode(status)
                .body("scope", lacking == null ? nullValue() : equalTo(lacking));
    }

    /** Entra and Okta write the grant into another claim, as a text or a list. */
    @Test
    @Tag("thorough")
    void takesScpWhereThereIsNoScope() {
        for (Object granted : List.of("meetings:read email", List.of("meetings:read", "email"))) {
            JwtClaims claims = claims("one");
            claims.setClaim("scp", granted);
            String path = "/v1/users/" + freshUser() + "/meetings";

            as(signed(claims), "GET", path).then().statusCode(404);
            as(signed(claims), "GET", CONNECTIONS).then().statusCode(403).body("scope", equalTo("connections:read"));
            claims.setStringClaim("scope", "connections:read");
            as(signed(claims), "GET", path).then().statusCode(403);
        }
    }

    @Test
    void grantsAtMostTheScopesOfTheTenant() {
        as(signed(claims("one")), "POST", "/v1/upkeep").then().statusCode(403).body("scope", equalTo("operate"));
    }

    @Test
    void tiesATokenToItsUser() {
        String user = "Jané + 1";
        JwtClaims claims = claims("one");
        claims.setStringClaim("meetgate_user", user);
        String token = signed(claims);

        Callers.with(token)
                .get("/v1/users/{user}/connection", user)
                .then()
                .statusCode(404)
                .body("code", equalTo("not-connected"));
        for (String other : List.of("/v1/users/jane/connection", "/v1/users//connection", CONNECTIONS, "/v1/upkeep")) {
            as(token, "GET", other)
                    .then()
                    .statusCode(other.equals("/v1/upkeep") ? 405 : other.contains("//") ? 404 : 403);
        }
        as(token, "GET", CONNECTIONS).then().body("code", equalTo("forbidden")).body("scope", nullValue());
        as(token, "POST", "/v1/upkeep").then().statusCode(403);
    }

    /** The audit keeps an actor's name also when a user's id is made unreadable. */
    @Test
    void namesNoPersonAsTheActor() {
        String user = connectedUser();
        JwtClaims claims = claims("one");
        claims.setSubject("jane.doe@example.com");
        claims.setStringClaim("meetgate_user", user);
        as(signed(claims), "DELETE", "/v1/users/" + user + "/meetings/1");
        claims.setStringClaim("azp", "web-shop");
        as(signed(claims), "DELETE", "/v1/users/" + user + "/meetings/1");

        Callers.with("demo-key")
                .get("/v1/audit?user={user}", user)
                .then()
                .body("items[2].actor.kind", equalTo("jwt"))
                .body("items[2].actor.name", equalTo("user"))
                .body("items[3].actor.name", equalTo("web-shop"));
    }

    /** The page lists what the tenant's credentials may do; the demo tenant's first key may do everything. */
    @Test
    void showsToPeopleWhatTheTenantMayDo() {
        assertTrue(connectPage("demo-key").contains("the management of its organizers"));
        String page = connectPage("linker");
        assertTrue(page.contains("See your meetings"), page);
        assertFalse(page.contains("delete meetings"), page);
        assertFalse(page.contains("organizers"), page);
    }

    private static String connectPage(String key) {
        String url = Callers.with(key)
                .post("/v1/users/{user}/connect-links", freshUser())
                .then()
                .statusCode(201)
                .extract()
                .path("url");
        return given().get(local(url)).then().statusCode(200).extract().asString();
    }

    static Stream<Arguments> refusesWrongClaims() {
        return Stream.of(
                wrong("another issuer", claims -> claims.setIssuer(TestIssuers.url("elsewhere"))),
                wrong("an issuer with a slash more", claims -> claims.setIssuer(TestIssuers.url("one") + "/")),
                wrong("no issuer", claims -> claims.unsetClaim("iss")),
                wrong("an issuer that is a number", claims -> claims.setClaim("iss", 7)),
                wrong("another audience", claims -> claims.setAudience("shop")),
                wrong("no audience", claims -> claims.unsetClaim("aud")),
                wrong("an audience that is a number", claims -> claims.setClaim("aud", 7)),
                wrong("no subject", claims -> claims.unsetClaim("sub")),
                wrong("a subject with a NUL", claims -> claims.setSubject("billing\u0000")),
                wrong("a subject of 256 characters", claims -> claims.setSubject("b".repeat(256))),
                wrong("a subject that is a list", claims -> claims.setClaim("sub", List.of("billing"))),
                wrong("no end", claims -> claims.unsetClaim("exp")),
                wrong("a past end", claims -> {
                    claims.setIssuedAt(inSeconds(-120));
                    claims.setExpirationTime(inSeconds(-60));
                }),
                wrong("an end that is a text", claims -> claims.setClaim("exp", "tomorrow")),
                wrong("a future beginning", claims -> claims.setNotBefore(inSeconds(60))),
                wrong("an issue in the future", claims -> claims.setIssuedAt(inSeconds(60))),
                wrong("a scope that is a list", claims -> claims.setClaim("scope", List.of("meetings:read"))),
                wrong("a user that is a number", claims -> claims.setClaim("meetgate_user", 7)),
                wrong("a scope that is null", claims -> claims.setClaim("scope", null)),
                wrong("an scp that is null", claims -> claims.setClaim("scp", null)),
                wrong("a user that is null", claims -> claims.setClaim("meetgate_user", null)),
                wrong("a binding that is null", claims -> claims.setClaim("cnf", null)),
                wrong("a list that is no scopes", claims -> claims.setClaim("scp", List.of(7))),
                wrong("an ID token of Keycloak", claims -> claims.setClaim("typ", "ID")),
                wrong("a refresh token of Keycloak", claims -> claims.setClaim("typ", "Refresh")),
                wrong("a certificate that is not there", claims -> claims.setClaim("cnf", Map.of("x5t#S256", "abc"))),
                wrong("a key of DPoP", claims -> claims.setClaim("cnf", Map.of("jkt", "abc"))),
                wrong("a binding that is a text", claims -> claims.setClaim("cnf", "abc")));
    }

    private static Arguments wrong(String name, Consumer<JwtClaims> change) {
        return Arguments.argumentSet(name, change);
    }

    private static NumericDate inSeconds(int seconds) {
        NumericDate time = NumericDate.now();
        time.addSeconds(seconds);
        return time;
    }

    @ParameterizedTest
    @MethodSource
    @Tag("thorough")
    void refusesWrongClaims(Consumer<JwtClaims> change) {
        JwtClaims claims = claims("one");
        change.accept(claims);

        wrong(signed(claims));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonce", "at_hash", "c_hash"})
    void refusesAnIdToken(String claim) {
        JwtClaims claims = claims("one");
        claims.setClaim(claim, "77QmUPtjPfzWtF2AnpK9RQ");
        JsonWebSignature token = unsigned(claims, RSA, "RS256");
        token.setKey(RSA.getPrivateKey());
        token.setHeader("typ", "JWT");
        wrong(compact(token));
        token.getHeaders().setObjectHeaderValue("typ", null);
        wrong(compact(token));

        // Access tokens of old versions of Keycloak have a nonce.
        claims.setClaim("typ", "Bearer");
        token.setHeader("typ", "JWT");
        token.setPayload(claims.toJson());
        ok(compact(token));
    }

    @Test
    void allowsForClocksThatDiffer() {
        JwtClaims claims = claims("one");
        claims.setIssuedAt(inSeconds(-60));
        claims.setExpirationTime(inSeconds(-10));
        ok(signed(claims));

        claims = claims("one");
        claims.setIssuedAt(inSeconds(10));
        claims.setNotBefore(inSeconds(10));
        ok(signed(claims));

        claims = claims("one");
        claims.unsetClaim("iat");
        ok(signed(claims));
    }

    static Stream<Arguments> refusesWrongHeaders() {
        return Stream.of(
                wrongHeader("no algorithm", token -> {
                    token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
                    token.setAlgorithmHeaderValue("none");
                    token.setKey(null);
                }),
                wrongHeader("the public key as a secret", token -> {
                    token.setAlgorithmHeaderValue("HS256");
                    token.setKey(new HmacKey(RSA.getPublicKey().getEncoded()));
                }),
                wrongHeader("an algorithm that is not listed", token -> token.setAlgorithmHeaderValue("RS512")),
                wrongHeader("the algorithm of another key", token -> {
                    token.setAlgorithmHeaderValue("ES256");
                    token.setKey(EC.getPrivateKey());
                }),
                wrongHeader("another's key", token -> token.setKey(STRANGER.getPrivateKey())),
                wrongHeader("another's key without its id", token -> {
                    token.getHeaders().setObjectHeaderValue("kid", null);
                    token.setKey(STRANGER.getPrivateKey());
                }),
                wrongHeader("a key of its own", token -> {
                    token.getHeaders().setObjectHeaderValue("jwk", STRANGER.toParams(OutputControlLevel.PUBLIC_ONLY));
                    token.setKey(STRANGER.getPrivateKey());
                }),
                wrongHeader("a place of its own for keys", token -> {
                    token.setHeader("jku", TestIssuers.url("kube") + "/keys");
                    token.setHeader("x5u", TestIssuers.url("kube") + "/keys");
                    token.setKey(STRANGER.getPrivateKey());
                }),
                wrongHeader("a certificate of its own", token -> {
                    token.setCertificateChainHeaderValue(Callers.CLIENT.certificate());
                    token.setKey(STRANGER.getPrivateKey());
                }),
                wrongHeader("an id that is a path", token -> token.setKeyIdHeaderValue("../../../../dev/null")),
                wrongHeader("an id that is SQL", token -> token.setKeyIdHeaderValue("x' union select 'y")),
                wrongHeader(
                        "an id that is a number", token -> token.getHeaders().setObjectHeaderValue("kid", 7)),
                wrongHeader(
                        "a type that is a number", token -> token.getHeaders().setObjectHeaderValue("typ", 7)),
                wrongHeader("another type", token -> token.setHeader("typ", "logout+jwt")),
                wrongHeader("a token within a token", token -> {
                    token.setPayload(signed(claims("one")));
                    token.setContentTypeHeaderValue("JWT");
                }),
                wrongHeader("a critical extension", token -> {
                    token.getHeaders().setObjectHeaderValue("crit", List.of("exp"));
                    token.getHeaders().setObjectHeaderValue("exp", 7);
                }));
    }

    private static Arguments wrongHeader(String name, Consumer<JsonWebSignature> change) {
        return Arguments.argumentSet(name, change);
    }

    @ParameterizedTest
    @MethodSource
    void refusesWrongHeaders(Consumer<JsonWebSignature> change) {
        JsonWebSignature token = unsigned(claims("one"), RSA, "RS256");
        token.setKey(RSA.getPrivateKey());
        change.accept(token);

        wrong(compact(token));
    }

    @Test
    void refusesATokenThatWasChanged() {
        String token = signed(claims("one"));
        JwtClaims more = claims("one");
        more.setSubject("admin");
        String[] parts = token.split("\\.");
        String other = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(more.toJson().getBytes());

        wrong(parts[0] + "." + other + "." + parts[2]);
        wrong(parts[0] + "." + parts[1] + ".");
        wrong(parts[0] + "." + parts[1]);
        wrong(parts[0] + "." + parts[1] + ".AAAA");
        wrong("eyJ." + parts[1] + "." + parts[2]);
    }

    @Test
    void refusesAKeyOfAnotherTenantsIssuer() {
        TestIssuers.has("strange", STRANGER);
        JwtClaims claims = claims("strange");

        ok(signed(claims, STRANGER, "RS256"));
        wrong(signed(claims("one"), STRANGER, "RS256"));
        wrong(signed(claims, RSA, "RS256"));
    }

    @Test
    void usesNoKeyThatIsNotForSignatures() {
        var encryption = TestIssuers.rsa("encryption");
        encryption.setUse("enc");
        TestIssuers.has("useless", encryption, new OctetSequenceJsonWebKey(new HmacKey(new byte[32])));

        as(signed(claims("useless"), encryption, "RS256"), "GET", CONNECTIONS)
                .then()
                .statusCode(503)
                .body("code", equalTo("issuer-unavailable"));
    }

    /** Many wrong tokens cost the issuer one request. */
    @Test
    @Tag("thorough")
    void asksTheIssuerSeldom() {
        ok(signed(claims("one")));
        int before = TestIssuers.requests("one");
        for (int token = 0; token < 20; token++) {
            JsonWebSignature unknown = unsigned(claims("one"), RSA, "RS256");
            unknown.setKeyIdHeaderValue("unknown-" + token);
            unknown.setKey(RSA.getPrivateKey());
            wrong(compact(unknown));
        }

        assertFalse(TestIssuers.requests("one") > before + 1);
    }

    @Test
    void neverLogsAToken() {
        try (var log = new WrittenLog()) {
            String token = signed(claims("one"));
            ok(token);
            JwtClaims late = claims("one");
            late.setIssuedAt(inSeconds(-900));
            late.setExpirationTime(inSeconds(-600));
            String expired = signed(late);
            wrong(expired);

            assertFalse(log.text().contains(token.substring(token.lastIndexOf('.'))));
            assertFalse(log.text().contains(expired.substring(expired.lastIndexOf('.'))));
        }
    }

    /** What nobody knows is told to all tenants, so that the difference between two stays the same. */
    @Test
    void tellsTheTenantAloneWhomAWrongTokenMeans() {
        String sum = "coalesce(sum(target::int) filter (where tenant = '%s'), 0)";
        String more = "select (" + sum.formatted("kube") + " - " + sum.formatted("certified") + ")::text"
                + " from audit_entry where action = 'credential.refuse' and origin ->> 'kind' = 'meetgate'";
        wrongKeys.sumUp();
        long before = Long.parseLong(Database.text(more));
        JwtClaims late = projected("cart");
        late.setExpirationTime(inSeconds(-600));
        for (int token = 0; token < 3; token++) {
            wrong(signed(late));
        }

        wrongKeys.sumUp();

        Await.until(() -> Long.parseLong(Database.text(more)) >= before + 3);
    }

    private static void ok(String token) {
        as(token, "GET", CONNECTIONS).then().statusCode(200);
    }

    private static void wrong(String token) {
        Response answer = as(token, "GET", CONNECTIONS);
        // More than 100 wrong credentials may have come from this machine.
        assertEquals(answer.statusCode() == 429 ? 429 : 401, answer.statusCode(), answer::asString);
        if (answer.statusCode() == 401) {
            answer.then()
                    .body("code", equalTo("unauthenticated"))
                    .header("WWW-Authenticate", containsString("error=\"invalid_token\""));
        }
    }
}
