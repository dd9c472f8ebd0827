package dev.meetgate.attack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Who may call: API keys (RFC 6750), and what one tenant learns of another. */
final class Credentials {

    private static final List<String> PATHS = List.of(
            "GET /v1/connections",
            "POST /v1/upkeep",
            "POST /v1/users/x/connect-links",
            "GET /v1/users/x/connection",
            "DELETE /v1/users/x/connection",
            "POST /v1/users/x/connection/check",
            "GET /v1/users/x/account",
            "GET /v1/users/x/meetings",
            "POST /v1/users/x/meetings",
            "GET /v1/users/x/meetings/1",
            "PUT /v1/users/x/meetings/1",
            "PATCH /v1/users/x/meetings/1",
            "DELETE /v1/users/x/meetings/1",
            "POST /v1/users/x/meetings/1/start",
            "GET /v1/users/x/meetings/1/attendees",
            "GET /v1/users/x/meetings/history",
            "DELETE /v1/users/x/sessions/1",
            "GET /v1/users/x/goto/G2M/rest/meetings",
            "DELETE /v1/users/x/goto/G2M/rest/meetings/1");

    private Credentials() {}

    static List<Check> checks() {
        return List.of(
                new Check("Every call wants a key", Credentials::everyCall),
                new Check("A key in another form is no key", Credentials::otherForms),
                new Check("Well-known keys are no keys", Credentials::wellKnown),
                new Check("Headers of other gateways are no identity", Credentials::foreignHeaders),
                new Check("A right key works in any case of the scheme", Credentials::rightKey),
                new Check("A tenant does not see another's user", Credentials::otherTenant));
    }

    private static void everyCall(Target target) throws IOException {
        for (String call : PATHS) {
            String[] words = call.split(" ");
            Answer answer = target.send(Request.of(words[0], words[1])).isProblem(401, "unauthenticated");
            answer.check(answer.header("www-authenticate").startsWith("Bearer"), "WWW-Authenticate");
            target.send(Request.of(words[0], words[1]).as("wrong-key-of-the-attack"))
                    .isProblem(401, "unauthenticated");
        }
    }

    private static void otherForms(Target target) throws IOException {
        String key = target.key();
        String basic = Base64.getEncoder().encodeToString(("x:" + key).getBytes(StandardCharsets.UTF_8));
        for (String authorization : List.of(
                key,
                "Basic " + basic,
                "Bearer",
                "Bearer " + key + " x",
                "Bearer x " + key,
                "Bearer \"" + key + "\"",
                "Bearer=" + key,
                "Bearer" + key,
                "Digest " + key,
                "Bearer " + key + "é",
                "Bearer " + key.substring(0, key.length() - 1),
                "Bearer " + "a".repeat(8_000),
                "Bearer " + flipped(key))) {
            target.send(Request.get("/v1/connections").header("Authorization", authorization))
                    .isProblem(401, "unauthenticated");
        }
        target.send(Request.get("/v1/connections").header("X-API-Key", key)).isProblem(401, "unauthenticated");
        target.send(Request.get("/v1/connections").header("Cookie", "Authorization=Bearer " + key))
                .isProblem(401, "unauthenticated");
        target.send(Request.get("/v1/connections").as("wrong").as(key)).is(400, 401);
    }

    private static String flipped(String key) {
        char last = key.charAt(key.length() - 1);
        return key.substring(0, key.length() - 1) + (Character.isUpperCase(last) ? "a" : "A");
    }

    private static void wellKnown(Target target) throws IOException {
        for (String key :
                List.of("demo-key", "other-key", "test", "secret", "changeme", "password", "null", "undefined")) {
            if (!key.equals(target.key())) {
                target.send(Request.get("/v1/connections").as(key)).is(401, 429);
            }
        }
    }

    private static void foreignHeaders(Target target) throws IOException {
        target.send(Request.get("/v1/connections")
                        .header("X-Remote-User", "demo")
                        .header("X-Forwarded-User", "demo")
                        .header("X-Tenant", "demo")
                        .header("Client-Cert", ":MIIB:")
                        .header("X-Client-Cert", "MIIB")
                        .header("X-SSL-Client-Verify", "SUCCESS")
                        .header("X-Forwarded-For", "127.0.0.1"))
                .isProblem(401, "unauthenticated");
    }

    private static void rightKey(Target target) throws IOException {
        for (String scheme : List.of("Bearer", "bearer", "BEARER")) {
            target.send(Request.get("/v1/connections").header("Authorization", scheme + " " + target.key()))
                    .is(200);
        }
    }

    private static void otherTenant(Target target) throws IOException {
        String user = Walk.connectedUser(target);
        Request request = Request.get("/v1/users/" + user + "/connection");
        target.call(request).is(200);
        target.send(request.as(target.otherKey())).isProblem(404, "not-connected");
        Answer list = target.send(Request.get("/v1/connections").as(target.otherKey()))
                .is(200);
        list.check(!list.body().contains(user), "no user of another tenant");
        target.send(Request.of("DELETE", "/v1/users/" + user + "/connection").as(target.otherKey()))
                .is(204);
        target.call(request).is(200);
    }
}
