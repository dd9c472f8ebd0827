package dev.meetgate;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tests' hands on the sandbox GoTo of this JVM. */
public final class Sandbox {

    private Sandbox() {}

    public static String url() {
        return System.getProperty("local.sandbox");
    }

    /** Everything as at the start, but that consent is given without a person. */
    public static void reset() {
        control().post("/control/reset").then().statusCode(204);
        set("consent", "ALLOW");
    }

    public static void set(String knob, Object value) {
        control().body(Map.of(knob, value)).patch("/control/behaviour").then().statusCode(200);
    }

    /** The next request to this endpoint meets the fault. */
    public static void fault(String endpoint, String kind) {
        fault(endpoint, kind, Map.of());
    }

    public static void fault(String endpoint, String kind, Map<String, Object> details) {
        var fault = new HashMap<String, Object>(details);
        fault.put("endpoint", endpoint);
        fault.put("kind", kind);
        control().body(fault).post("/control/faults").then().statusCode(204);
    }

    /** Every request to this endpoint meets the fault, until {@link #clearFaults}. */
    public static void faults(String endpoint, String kind, Map<String, Object> details) {
        var always = new HashMap<String, Object>(details);
        always.put("times", 0);
        fault(endpoint, kind, always);
    }

    /** Nothing more goes wrong. */
    public static void clearFaults() {
        control().body(Map.of()).delete("/control/faults").then().statusCode(204);
    }

    public static void addRedirectUri(String uri) {
        control().body(Map.of("add", uri)).post("/control/redirect-uris").then().statusCode(204);
    }

    /** The access tokens that are out die, and their holders are not told. */
    public static void expireAccessTokens() {
        control().body(Map.of()).post("/control/expire").then().statusCode(204);
    }

    /** The users remove the app at GoTo. */
    public static void revokeGrants() {
        control().body(Map.of()).post("/control/revoke").then().statusCode(204);
    }

    /** Sessions that a meeting had, as the sandbox's {@code SessionSeed} says it. */
    public static void hold(Map<String, Object> sessions) {
        control().body(sessions).post("/control/sessions").then().statusCode(204);
    }

    /** What GoTo was asked for, as {@code GET /G2M/rest/upcomingMeetings}, in order. */
    public static List<String> asked() {
        List<Map<String, Object>> requests =
                control().get("/control/log").jsonPath().getList("requests");
        return requests.stream()
                .map(request -> request.get("method") + " " + request.get("path"))
                .toList();
    }

    public static int tokenRequests(String grantType) {
        return ofTokenRequests(grantType).size();
    }

    /** Whether every token request of this kind has its answer. */
    public static boolean hasAnswered(String grantType) {
        return ofTokenRequests(grantType).stream().allMatch(request -> request.containsKey("status"));
    }

    private static List<Map<String, Object>> ofTokenRequests(String grantType) {
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

    /** When requests to this endpoint arrived, in their order. */
    public static List<Instant> arrivals(String endpoint) {
        return control()
                .get("/control/log?endpoint=" + endpoint)
                .jsonPath()
                .getList("requests.at", String.class)
                .stream()
                .map(Instant::parse)
                .toList();
    }

    /** What requests to this endpoint were answered, in the order of their arrival. */
    public static List<Integer> statuses(String endpoint) {
        return control().get("/control/log?endpoint=" + endpoint).jsonPath().getList("requests.status", Integer.class);
    }

    /** The most requests to this endpoint that came within any one second. */
    public static int peakPerSecond(String endpoint) {
        return control().get("/control/log?endpoint=" + endpoint).jsonPath().getInt("peakPerSecond");
    }

    public static int requests(String endpoint, String method) {
        return Collections.frequency(
                control().get("/control/log?endpoint=" + endpoint).jsonPath().getList("requests.method"), method);
    }

    /** How often a dead refresh token was presented. */
    public static int reuses() {
        return control().get("/control/log").jsonPath().getInt("reuses");
    }

    /** Every code, verifier, state and token that was ever issued or seen. */
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
