package dev.meetgate.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The sandbox that plays GoTo, and its controls. Requests to it are not counted. */
record GoTo(URI url) {

    /** Returns to good behaviour. Consent is given without a page. */
    GoTo reset() throws IOException {
        control("POST", "/control/reset", Map.of());
        return set("consent", "ALLOW");
    }

    GoTo set(String knob, Object value) throws IOException {
        control("PATCH", "/control/behaviour", Map.of(knob, value));
        return this;
    }

    /** Every request to this endpoint gets the fault. */
    GoTo fault(String endpoint, String kind, Map<String, Object> details) throws IOException {
        var fault =
                new JsonObject(new HashMap<>(details)).put("endpoint", endpoint).put("kind", kind);
        control(
                "POST",
                "/control/faults",
                fault.put("times", details.getOrDefault("times", 0)).getMap());
        return this;
    }

    void well() throws IOException {
        control("DELETE", "/control/faults", Map.of());
    }

    void expireAccessTokens() throws IOException {
        control("POST", "/control/expire", Map.of());
    }

    void revokeGrants() throws IOException {
        control("POST", "/control/revoke", Map.of());
    }

    int requests(String endpoint) throws IOException {
        return log(endpoint).getJsonArray("requests").size();
    }

    long tokenRequests(String grantType) throws IOException {
        JsonArray requests = log("token").getJsonArray("requests");
        return IntStream.range(0, requests.size())
                .filter(i -> grantType.equals(requests.getJsonObject(i).getString("grantType")))
                .count();
    }

    int reuses() throws IOException {
        return log("token").getInteger("reuses");
    }

    List<Boolean> grantsAlive() throws IOException {
        JsonArray grants = new JsonObject(read("/control/grants")).getJsonArray("grants");
        return IntStream.range(0, grants.size())
                .mapToObj(i -> grants.getJsonObject(i).getBoolean("alive"))
                .toList();
    }

    private JsonObject log(String endpoint) throws IOException {
        return new JsonObject(read("/control/log?endpoint=" + endpoint));
    }

    /** Opens an address of GoTo, as a browser does. */
    Answer open(String address) throws IOException {
        return send(Request.get(Target.path(address))).is(302);
    }

    String read(String path) throws IOException {
        return send(Request.get(path)).is(200).body();
    }

    private void control(String method, String path, Map<String, Object> body) throws IOException {
        send(Request.of(method, path).json(new JsonObject(body).encode())).is(200, 204);
    }

    private Answer send(Request request) throws IOException {
        try (var connection = new RawConnection(url)) {
            connection.write(request.head(url.getRawAuthority()));
            byte[] body = request.body();
            if (body != null) {
                connection.write(new String(body, UTF_8).getBytes(UTF_8));
            }
            return connection.mustAnswer();
        }
    }
}
