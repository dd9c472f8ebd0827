package dev.meetgate;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/** Calls MeetGate's API as a tenant, and goes through the consent as its users do. */
public final class Api {

    /** MeetGate's public URL. In tests the service listens on another port. */
    private static final String PUBLIC_URL = "http://localhost:8080";

    public static final String RETURN_URL = "https://app.example.com/back?from=meetgate";

    private Api() {}

    public static RequestSpecification asDemo() {
        return as("demo-key");
    }

    public static RequestSpecification asOther() {
        return as("other-key");
    }

    /** A tenant that asks the person once more. */
    public static RequestSpecification asCareful() {
        return as("careful-key");
    }

    private static RequestSpecification as(String apiKey) {
        return given().header("Authorization", "Bearer " + apiKey).contentType(ContentType.JSON);
    }

    public static String freshUser() {
        return "user-" + UUID.randomUUID();
    }

    /** Replaces the public URL with the address on which the service listens. */
    public static String local(String url) {
        if (!url.startsWith(PUBLIC_URL)) {
            throw new AssertionError(url + " is not under the public URL");
        }
        return "http://localhost:" + RestAssured.port + url.substring(PUBLIC_URL.length());
    }

    public static String connectLink(String user) {
        return asDemo().body(Map.of("returnUrl", RETURN_URL))
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(201)
                .extract()
                .path("url");
    }

    /** Goes from the connect link to GoTo and back, and returns the last redirect. */
    public static String walk(Browser browser, String connectLink) {
        String authorize = browser.submit(local(connectLink)).location();
        String callback = browser.open(authorize).location();
        return browser.open(local(callback)).location();
    }

    /** Connects a new user and returns the user's id. */
    public static String connectedUser() {
        String user = freshUser();
        String end = walk(new Browser(), connectLink(user));
        if (!end.contains("status=connected")) {
            throw new AssertionError(end);
        }
        return user;
    }

    /** Connects a new user to this account of the sandbox. */
    public static String connectedUser(String account) {
        Sandbox.set("consentAccount", account);
        return connectedUser();
    }

    public static Response meetings(String user) {
        return asDemo().get("/v1/users/{user}/meetings", user);
    }

    /** Creates a meeting for tomorrow and returns its id. */
    public static String createdMeeting(String user) {
        return asDemo().body(planning())
                .post("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** The body of a request for a meeting tomorrow. */
    public static Map<String, String> planning() {
        Instant start = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        return Map.of(
                "subject", "Planning",
                "startTime", start.toString(),
                "endTime", start.plusSeconds(3600).toString());
    }

    public static int generation(String user) {
        return asDemo().get("/v1/users/{user}/connection", user)
                .then()
                .statusCode(200)
                .extract()
                .path("generation");
    }
}
