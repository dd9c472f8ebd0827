package dev.meetgate;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Controls the sandbox GoTo of this JVM and reads its log. */
public final class Sandbox {

    private Sandbox() {}

    public static String url() {
        return System.getProperty("local.sandbox");
    }

    /** Resets the sandbox. Consent is then given without a consent page, and MeetGate makes no pause. */
    public static void reset() {
        control().post("/control/reset").then().statusCode(204);
        Database.endRest();
        set("consent", "ALLOW");
    }

    public static void set(String knob, Object value) {
        control().body(Map.of(knob, value)).patch("/control/behaviour").then().statusCode(200);
    }

    /** The next request to this endpoint gets the fault. */
    public static void fault(String endpoint, String kind) {
        fault(endpoint, kind, Map.of());
    }

    public static void fault(String endpoint, String kind, Map<String, Object> details) {
        var fault = new HashMap<String, Object>(details);
        fault.put("endpoint", endpoint);
        fault.put("kind", kind);
        control().body(fault).post("/control/faults").then().statusCode(204);
    }

    /** Every request to this endpoint gets the fault until {@link #clearFaults}. */
    public static void faults(String endpoint, String kind, Map<String, Object> details) {
        var always = new HashMap<String, Object>(details);
        always.put("times", 0);
        fault(endpoint, kind, always);
    }

    public static void clearFaults() {
        control().body(Map.of()).delete("/control/faults").then().statusCode(204);
    }

    public static void addRedirectUri(String uri) {
        control().body(Map.of("add", uri)).post("/control/redirect-uris").then().statusCode(204);
    }

    /** Expires all access tokens at GoTo. MeetGate does not know it. */
    public static void expireAccessTokens() {
        control().body(Map.of()).post("/control/expire").then().statusCode(204);
    }

    /** Revokes all grants, as users do at GoTo. */
    public static void revokeGrants() {
        control().body(Map.of()).post("/control/revoke").then().statusCode(204);
    }

    /** Adds past sessions of a meeting, described as in the sandbox's {@code SessionSeed}. */
    public static void addSessions(Map<String, Object> sessions) {
        control().body(sessions).post("/control/sessions").then().statusCode(204);
    }

    /** All requests in their order, such as {@code GET /G2M/rest/upcomingMeetings}. */
    public static List<String> requestLines() {
        List<Map<String, Object>> requests =
                control().get("/control/log").jsonPath().getList("requests");
        return requests.stream()
                .map(request -> request.get("method") + " " + request.get("path"))
                .toList();
    }

    public static int tokenRequests(String grantType) {
        return allTokenRequests(grantType).size();
    }

    /** Whether every token request of this kind has its answer. */
    public static boolean hasAnswered(String grantType) {
        return allTokenRequests(grantType).stream().allMatch(request -> request.containsKey("status"));
    }

    private static List<Map<String, Object>> allTokenRequests(String grantType) {
        return control().get("/control/log?endpoint=token").jsonPath().<Map<String, Object>>getList("requests").stream()
                .filter(request -> grantType.equals(request.get("grantType")))
                .toList();
    }

    public static int requests(String endpoint) {
        return control()
                .get("/control/log?endpoint=" + endpoint)
                .jsonPath()
                .getList("requests")
                .size();
    }

    /** The times of the requests to this endpoint, in their order. */
    public static List<Instant> arrivals(String endpoint) {
        return control()
                .get("/control/log?endpoint=" + endpoint)
                .jsonPath()
                .getList("requests.at", String.class)
                .stream()
                .map(Instant::parse)
                .toList();
    }

    /** The statuses of the answers of this endpoint, in the order of the requests. */
    public static List<Integer> statuses(String endpoint) {
        return control().get("/control/log?endpoint=" + endpoint).jsonPath().getList("requests.status", Integer.class);
    }

    /** The highest number of requests to this endpoint within any second. */
    public static int peakPerSecond(String endpoint) {
        return control().get("/control/log?endpoint=" + endpoint).jsonPath().getInt("peakPerSecond");
    }

    public static int requests(String endpoint, String method) {
        return Collections.frequency(
                control().get("/control/log?endpoint=" + endpoint).jsonPath().getList("requests.method"), method);
    }

    /** How often a replaced refresh token was sent. */
    public static int reuses() {
        return control().get("/control/log").jsonPath().getInt("reuses");
    }

    /** What the sandbox's receiver of events has accepted, in its order: {@code headers} and {@code body}. */
    public static List<Map<String, Object>> events() {
        return control().get("/control/events").jsonPath().getList("events");
    }

    /** All codes, verifiers, states and tokens that the sandbox has issued or received. */
    public static List<String> secrets() {
        return control().get("/control/secrets").jsonPath().getList("$", String.class);
    }

    public static List<Boolean> grantsAlive() {
        return control().get("/control/grants").jsonPath().getList("grants.alive", Boolean.class);
    }

    private static RequestSpecification control() {
        return given().baseUri(url()).contentType(ContentType.JSON);
    }
}
