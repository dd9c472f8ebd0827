package dev.meetgate.attack;

import java.io.IOException;
import java.util.List;

/** Paths and queries: what they name, and what is not there. */
final class Addresses {

    private static final List<String> NOT_PUBLIC = List.of(
            "/q/metrics",
            "/q/health",
            "/q/health/ready",
            "/q/openapi",
            "/q/asyncapi",
            "/q/dev",
            "/q/dev-ui",
            "/q/swagger-ui",
            "/q/arc",
            "/metrics",
            "/health",
            "/openapi",
            "/swagger-ui/",
            "/application.properties",
            "/META-INF/MANIFEST.MF",
            "/META-INF/resources/meetgate.css",
            "/db/migration/V1__schema.sql",
            "/.env",
            "/.git/config",
            "/meetgate.css/..",
            "/meetgate.css/../application.properties",
            "/%2e%2e/application.properties",
            "/..%2fapplication.properties",
            "/%252e%252e/application.properties",
            "/..;/q/metrics",
            "/;/q/metrics",
            "/connected/..;/q/metrics",
            "//q/metrics",
            "/q//metrics",
            "/Q/METRICS");

    /** Ids of users that could be taken for "alice", for nobody, or for another path. */
    private static final List<String> ODD_USERS = List.of(
            "alice%00",
            "alice%0d%0aX:1",
            "%00",
            "%0a",
            "%c0%ae%c0%ae",
            "%ff",
            "%ed%a0%80",
            "%zz",
            "%",
            "%e2%80",
            ".",
            "..",
            "%2e%2e",
            "%20",
            "%09",
            "a".repeat(201),
            "%f0%9f%98%80".repeat(201));

    private Addresses() {}

    static List<Check> checks() {
        return List.of(
                new Check("Metrics, health, documents and files are not on the public port", Addresses::notPublic),
                new Check("An odd user id is refused, or is that very user", Addresses::oddUsers),
                new Check("A semicolon in a path is part of the id, or refused", Addresses::semicolon),
                new Check("A character that no URI has is answered with a problem", Addresses::noUri),
                new Check("A user id of 200 characters outside the basic plane works", Addresses::longUsers),
                new Check("Another host in the request line changes nothing", Addresses::absoluteForm),
                new Check("Unknown paths are problems", Addresses::unknownPaths),
                new Check("Odd query parameters are refused or ignored", Addresses::queries),
                new Check("A key in the query is no key", Addresses::keyInTheQuery),
                new Check("Raw calls stay within GoTo's documented paths", Addresses::rawCalls));
    }

    private static void notPublic(Target target) throws IOException {
        for (String path : NOT_PUBLIC) {
            target.send(Request.get(path)).is(400, 404);
        }
    }

    private static void oddUsers(Target target) throws IOException {
        for (String user : ODD_USERS) {
            target.call(Request.get("/v1/users/" + user + "/connection")).is(400, 404, 414);
            target.call(Request.post("/v1/users/" + user + "/connect-links")).is(400, 404, 405, 414);
        }
    }

    private static void semicolon(Target target) throws IOException {
        String user = Target.freshUser();
        for (String suffix : List.of(";bob", ";", ";a=b", "%3Bbob")) {
            Answer answer = target.call(Request.post("/v1/users/" + user + suffix + "/connect-links"))
                    .is(201, 400);
            if (answer.status() == 201) {
                Answer page = target.send(Request.get(Target.path(answer.json().getString("url"))));
                String id = user + suffix.replace("%3B", ";");
                page.check(page.body().contains(id), "a page for " + id);
            }
        }
        target.call(Request.get("/v1/connections;x=y")).is(200, 400, 404);
        target.call(Request.get("/v1;a=b/connections")).is(200, 400, 404);
    }

    private static void noUri(Target target) throws IOException {
        for (String user : List.of("auth0|65f1", "a{b}", "a^b", "a`b", "a\"b", "a<b>", "a\\b", "é")) {
            Answer answer = target.call(Request.get("/v1/users/" + user + "/connection"))
                    .is(400, 404);
            answer.isProblem(answer.status(), "invalid-request", "not-connected", "bad-request");
        }
    }

    private static void longUsers(Target target) throws IOException {
        target.call(Request.get("/v1/users/" + "%f0%9f%98%80".repeat(200) + "/connection"))
                .isProblem(404, "not-connected");
    }

    private static void absoluteForm(Target target) throws IOException {
        Answer answer = target.call(Request.post("http://evil.example/v1/users/x/connect-links"));
        answer.is(201, 400, 404, 421);
        answer.check(!answer.body().contains("evil.example"), "no foreign host");
    }

    private static void unknownPaths(Target target) throws IOException {
        for (String path :
                List.of("/nowhere", "/v1", "/v1/", "/v2/connections", "/v1/users", "/v1/users//connection")) {
            target.call(Request.get(path)).isProblem(404, "not-found");
        }
    }

    private static void queries(Target target) throws IOException {
        for (String query : List.of(
                "limit=0",
                "limit=-1",
                "limit=99999999999999999999",
                "limit=1e3",
                "limit=",
                "limit=1&limit=2",
                "limit=%00",
                "cursor=nonsense",
                "cursor=%00",
                "cursor=" + "a".repeat(3_000),
                "status=NONSENSE",
                "status=connected'--",
                "unknown=1",
                "=",
                "&&&",
                "limit[]=1",
                "%",
                "limit=%zz")) {
            target.call(Request.get("/v1/connections?" + query)).is(200, 400);
        }
        for (String range : List.of(
                "from=2027-06-30T23:59:60Z&to=2027-07-01T00:00:00Z",
                "from=-999999999-01-01T00:00:00Z&to=+999999999-12-31T23:59:59Z",
                "from=10000-01-01T00:00:00Z&to=10001-01-01T00:00:00Z",
                "from=2027-01-01T24:00:00Z&to=2027-01-03T00:00:00Z",
                "from=2027-01-01T00:00:00%2B18:01&to=2027-01-03T00:00:00Z",
                "from=2027-01-02&to=2027-01-01",
                "from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z",
                "from=now&to=then")) {
            target.call(Request.get("/v1/users/nobody-here/meetings/history?" + range))
                    .is(400, 404);
        }
    }

    private static void keyInTheQuery(Target target) throws IOException {
        target.send(Request.get("/v1/connections?access_token=" + target.key())).isProblem(401, "unauthenticated");
    }

    private static void rawCalls(Target target) throws IOException {
        String raw = "/v1/users/" + Target.freshUser() + "/goto/";
        for (String path : List.of(
                "",
                "/",
                "oauth/token",
                "../oauth/token",
                "G2M/rest/../../oauth/token",
                "G2M/rest/%2e%2e/%2e%2e/oauth/token",
                "G2M/rest/..%2f..%2foauth/token",
                "G2M/rest/..;/..;/oauth/token",
                "G2M/rest//evil.example/",
                "//evil.example/G2M/rest/meetings",
                "http://evil.example/G2M/rest/meetings",
                "G2M/rest/meetings%00",
                "G2M/rest/meetings%0d%0aHost:evil",
                "G2M/rest/meetings%23x",
                "G2M/rest/meetings%3fx=y",
                "G2M/rest/meetings%5c..%5c..",
                "@evil.example/",
                "G2W/rest/webinars",
                "identity/v1/Users",
                "control/secrets")) {
            target.call(Request.get(raw + path)).is(400, 403, 404, 405);
        }
    }
}
