package dev.meetgate.http;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.meetings;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Sandbox;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator sees of calls, refreshes, connections and walks. */
@QuarkusTest
class MetricsTest {

    private static final String REQUESTS = "meetgate_goto_requests_seconds_count";

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    void countsRequestsToGoToByOperationAndOutcome() {
        String user = connectedUser();
        String upcoming = "{operation=\"GET /G2M/rest/upcomingMeetings\",outcome=\"%s\"}";
        double before = value(REQUESTS + upcoming.formatted("success"));
        meetings(user).then().statusCode(200);
        assertTrue(value(REQUESTS + upcoming.formatted("success")) == before + 1, scrape());

        Sandbox.fault("api", "STATUS", Map.of("status", 403));
        meetings(user).then().statusCode(403);
        assertTrue(value(REQUESTS + upcoming.formatted("forbidden-by-goto")) > 0, scrape());

        asDemo().get("/v1/users/{user}/goto/G2M/rest/upcomingMeetings", user)
                .then()
                .statusCode(200);
        assertTrue(value(REQUESTS + "{operation=\"raw GET\",outcome=\"success\"}") > 0, scrape());
        assertFalse(scrape().contains(user));
    }

    @Test
    void countsConnectionsByStatusAndReason() {
        String user = connectedUser();
        Sandbox.revokeGrants();
        meetings(user).then().statusCode(409);
        connectedUser();

        Await.until(() -> {
            asDemo().post("/v1/upkeep").then().statusCode(200);
            return value("meetgate_connections{reason=\"REVOKED\",status=\"RECONNECT_REQUIRED\"}") > 0
                    && value("meetgate_connections{reason=\"none\",status=\"CONNECTED\"}") > 0;
        });
    }

    @Test
    void countsRefreshesAndWalksByOutcome() {
        double refreshed = value("meetgate_refreshes_total{outcome=\"refreshed\"}");
        double ended = value("meetgate_refreshes_total{outcome=\"ended\"}");
        double connected = value("meetgate_walks_total{outcome=\"connected\"}");
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        meetings(user).then().statusCode(200);
        Sandbox.revokeGrants();
        meetings(user).then().statusCode(409);

        assertEquals(refreshed + 1, value("meetgate_refreshes_total{outcome=\"refreshed\"}"));
        assertEquals(ended + 1, value("meetgate_refreshes_total{outcome=\"ended\"}"));
        assertEquals(connected + 1, value("meetgate_walks_total{outcome=\"connected\"}"));
    }

    /** The value of a series, or 0 without it. */
    private double value(String series) {
        return scrape().lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .sum();
    }

    private String scrape() {
        return given().get(metrics).then().statusCode(200).extract().asString();
    }
}
