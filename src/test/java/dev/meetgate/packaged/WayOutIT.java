package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.caller.TestIssuers;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ways to GoTo, to receivers of events and to issuers of JWTs: through a proxy, and with certificates of
 * a private authority.
 */
@Tag("thorough")
class WayOutIT {

    private static final Vertx VERTX = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));

    private static Path authority;
    private static TlsFront front;
    private static TlsFront issuer;

    private final Map<String, String> settings = Replica.surroundings();

    @BeforeAll
    static void certify(@TempDir Path folder) throws Exception {
        String pem = TlsFront.certify(
                folder, "dns:authentication.logmeininc.com,dns:api.getgo.com,dns:hooks.acme.test,dns:localhost");
        authority = Files.writeString(Files.createTempFile("authority", ".pem"), pem);
        authority.toFile().deleteOnExit();
        front = new TlsFront(
                VERTX,
                folder.resolve("goto.p12"),
                URI.create(Replica.surroundings().get("GOTO_API_URL")).getPort());
        issuer = new TlsFront(
                VERTX,
                folder.resolve("goto.p12"),
                URI.create(TestIssuers.url("one")).getPort());
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    void leadsThroughAProxyThatWantsAPassword() throws Exception {
        var proxy = new ConnectProxy(VERTX, "me:p@ss$$:${HOME}", front.port());
        // A grant is only revoked when no other connection has the account.
        settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", Database.create("proxied"));
        // These are then the URLs of GoTo itself.
        List.of("GOTO_TOKEN_URL", "GOTO_REVOKE_URL", "GOTO_API_URL").forEach(settings::remove);
        settings.put("HTTPS_PROXY", "http://me:p%40ss$$:$%7BHOME%7D@127.0.0.1:" + proxy.port());
        settings.put("NO_PROXY", "localhost, .example.com");
        settings.put("MEETGATE_CA_FILE", authority.toString());
        sendEventsTo("https://hooks.acme.test/webhook");

        try (Replica replica = Replica.start(settings)) {
            RestAssured.port = replica.port();
            sent().body("delivered", equalTo(true));
            String user = connectedUser();
            meetings(user).then().statusCode(200);
            asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

            assertEquals(List.of(false), Sandbox.grantsAlive());
            assertEquals(
                    Set.of("authentication.logmeininc.com:443", "api.getgo.com:443", "hooks.acme.test:443"),
                    Set.copyOf(proxy.authorities()));
        }
    }

    @Test
    void leadsAroundTheProxyWhereItIsExcepted() throws Exception {
        overTls("localhost");
        settings.put("https_proxy", "127.0.0.1:" + Replica.freePort());
        settings.put("no_proxy", "localhost:" + front.port() + ",localhost:" + issuer.port());
        settings.put("MEETGATE_CA", Files.readString(authority));
        sendEventsTo("https://localhost:" + front.port() + "/webhook");
        settings.put("MEETGATE_TENANTS_OTHER_ISSUER", "https://issuer.acme.test");
        settings.put("MEETGATE_TENANTS_OTHER_JWKS_URL", "https://localhost:" + issuer.port() + "/one/keys");

        try (Replica replica = Replica.start(settings)) {
            RestAssured.port = replica.port();
            meetings(connectedUser()).then().statusCode(200);
            sent().body("delivered", equalTo(true));
            var claims = TestIssuers.claims("one");
            claims.setIssuer("https://issuer.acme.test");
            given().auth()
                    .oauth2(TestIssuers.signed(claims))
                    .get("/v1/connections")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void refusesTheCertificateOfAnUnknownAuthority() throws Exception {
        assertReachesNobody("localhost");
    }

    @Test
    void refusesTheCertificateOfAnotherHost() throws Exception {
        settings.put("MEETGATE_CA_FILE", authority.toString());

        assertReachesNobody("127.0.0.1");
    }

    private void sendEventsTo(String url) {
        settings.put("MEETGATE_WEBHOOK_PRIVATE_TARGETS", "true");
        settings.put("MEETGATE_TENANTS_DEMO_WEBHOOK_URL", url);
        settings.put("MEETGATE_TENANTS_DEMO_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=");
    }

    private static ValidatableResponse sent() {
        return asDemo().post("/v1/webhook/test").then().statusCode(200);
    }

    private void overTls(String host) {
        tokensOverTls(host);
        settings.put("GOTO_API_URL", "https://" + host + ":" + front.port());
    }

    private void tokensOverTls(String host) {
        String url = "https://" + host + ":" + front.port();
        settings.put("GOTO_TOKEN_URL", url + "/oauth/token");
        settings.put("GOTO_REVOKE_URL", url + "/oauth/revoke");
    }

    /** Neither the token endpoint nor, where that is reached, the API. */
    private void assertReachesNobody(String host) throws Exception {
        settings.put("GOTO_API_URL", "https://" + host + ":" + front.port());
        sendEventsTo("https://" + host + ":" + front.port() + "/webhook");
        try (Replica replica = Replica.start(settings)) {
            RestAssured.port = replica.port();
            meetings(connectedUser()).then().statusCode(503);
            assertEquals(0, Sandbox.requests("api"));
            sent().body("delivered", equalTo(false)).body("problem", equalTo("tls"));
            assertEquals(0, Sandbox.requests("webhook"));
        }
        tokensOverTls(host);
        try (Replica replica = Replica.start(settings)) {
            RestAssured.port = replica.port();
            String end = walk(new Browser(), connectLink(freshUser()));
            assertTrue(end.contains("problem=goto-unavailable"), end);
            assertEquals(1, Sandbox.tokenRequests("authorization_code"));
        }
    }
}
