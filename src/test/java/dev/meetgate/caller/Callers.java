package dev.meetgate.caller;

import static io.restassured.RestAssured.given;

import dev.meetgate.secret.Sha256;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Tenants with credentials of all kinds. One profile for all tests, because each profile starts the service
 * anew.
 */
public class Callers implements QuarkusTestProfile {

    static final TestCertificate SERVER = TestCertificate.valid("server");
    static final TestCertificate CLIENT = TestCertificate.valid("client");
    static final TestCertificate STRANGER = TestCertificate.valid("stranger");
    static final TestCertificate EXPIRED = TestCertificate.expired("expired");

    /** The only trusted proxy. Other requests of this machine come from 127.0.0.1. */
    static final String PROXY = "127.0.0.2";

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<String, String>();
        key(settings, "demo.keys.cron", "cron", "operate");
        key(settings, "demo.keys.reader", "reader", "connections:read, meetings:read");
        settings.merge(
                "meetgate.tenants.demo.keys.reader.sha256", sha256("next-reader"), (one, two) -> one + "," + two);
        key(settings, "demo.keys.old", "old", "operate");
        settings.put("meetgate.tenants.demo.keys.old.expires", "2026-01-01T00:00:00Z");
        key(settings, "small.keys.linker", "linker", "connections:write meetings:read");
        key(settings, "small.keys.past", "past", "meetings:write");
        settings.put("meetgate.tenants.small.keys.past.expires", "2026-01-01T00:00:00Z");
        settings.put("meetgate.tenants.ops.keys.all.sha256", sha256("all"));
        settings.put("meetgate.tenants.ops.keys.all.expires", "2999-01-01T00:00:00Z");

        issuer(settings, "demo", "one");
        settings.put("meetgate.tenants.demo.jwt-scopes", "connections:read meetings:read meetings:write");
        issuer(settings, "other", "one");
        settings.put("meetgate.tenants.other.audience", "other");
        issuer(settings, "kube", "kube");
        settings.put("meetgate.tenants.kube.jwks-url", TestIssuers.url("kube") + "/openid/v1/jwks");
        settings.put("meetgate.tenants.kube.subjects", "system:serviceaccount:shop:cart");
        settings.put("meetgate.tenants.kube.jwt-scopes", "meetings:read");
        for (String name : new String[] {
            "down",
            "slow",
            "nonsense",
            "empty",
            "endless",
            "redirecting",
            "rotating",
            "liar",
            "kept",
            "strange",
            "useless",
            "plain",
            "talkative"
        }) {
            issuer(settings, name, name);
        }

        String receiver = URI.create(TestIssuers.url("receiver")).getAuthority();
        webhook(settings, "ops", receiver);
        webhook(settings, "other", receiver.replace("localhost", "127.0.0.1"));
        settings.put("meetgate.tenants.other.webhook-through-proxy", "true");

        settings.put("meetgate.tenants.certified.cert-sha256", CLIENT.sha256() + "," + EXPIRED.sha256());
        settings.put("meetgate.trusted-proxies", PROXY);
        settings.put("meetgate.console.open", "true");
        settings.put(
                "quarkus.http.ssl.certificate.key-store-file", SERVER.file().toString());
        settings.put("quarkus.http.ssl.certificate.key-store-password", TestCertificate.PASSWORD);
        settings.put("quarkus.http.test-ssl-port", "0");
        return settings;
    }

    private static void key(Map<String, String> settings, String name, String key, String scopes) {
        settings.put("meetgate.tenants." + name + ".sha256", sha256(key));
        settings.put("meetgate.tenants." + name + ".scopes", scopes);
    }

    private static void webhook(Map<String, String> settings, String tenant, String authority) {
        settings.put("meetgate.tenants." + tenant + ".webhook-url", "http://" + authority + "/receiver/events");
        settings.put(
                "meetgate.tenants." + tenant + ".webhook-secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=");
    }

    private static void issuer(Map<String, String> settings, String tenant, String issuer) {
        settings.put("meetgate.tenants." + tenant + ".issuer", TestIssuers.url(issuer));
    }

    static Response as(String bearer, String method, String path) {
        return with(bearer).request(method, path);
    }

    public static RequestSpecification with(String bearer) {
        return given().header("Authorization", "Bearer " + bearer).contentType(ContentType.JSON);
    }

    private static String sha256(String key) {
        return HexFormat.of().formatHex(Sha256.of(key));
    }
}
