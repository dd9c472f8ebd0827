package dev.meetgate.packaged;

import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.generation;
import static dev.meetgate.Api.meetings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas over one database, as processes. */
class ReplicasIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Replica one;
    private static Replica two;

    @BeforeAll
    static void start() throws Exception {
        one = Replica.start();
        two = Replica.start();
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    @BeforeEach
    void reset() {
        Sandbox.reset();
        RestAssured.port = one.port();
    }

    @Test
    void refreshOnceBetweenThem() throws Exception {
        for (int round = 2; round <= 6; round++) {
            String user = connectedUser();
            Sandbox.expireAccessTokens();
            int before = Sandbox.tokenRequests("refresh_token");

            assertEquals(Collections.nCopies(16, 200), callsOverBoth(user, 16));

            assertEquals(before + 1, Sandbox.tokenRequests("refresh_token"));
            assertEquals(2, generation(user));
        }
        assertEquals(0, Sandbox.reuses());
    }

    @Test
    void waitForTheOneThatRefreshesHoweverSlowGoToIs() throws Exception {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "SLOW", Map.of("delayMillis", 3000));

        assertEquals(Collections.nCopies(8, 200), callsOverBoth(user, 8));
        assertEquals(1, Sandbox.tokenRequests("refresh_token"));
    }

    @Test
    void shareConnections() {
        String user = connectedUser();
        RestAssured.port = two.port();

        meetings(user).then().statusCode(200);
    }

    @Test
    void finishWhatIsUnderWayWhenToldToStop() throws Exception {
        String user = connectedUser();
        try (Replica stopping = Replica.start()) {
            Sandbox.fault("api", "SLOW", Map.of("delayMillis", 2000));
            var answer = send(stopping, user);
            while (Sandbox.requests("api") == 0) {
                Thread.onSpinWait();
            }
            stopping.terminate();

            assertEquals(200, answer.get().statusCode());
            assertTrue(List.of(0, 143).contains(stopping.exitCode()));
        }
    }

    @Test
    void finishARefreshThatNobodyWaitsForWhenToldToStop() throws Exception {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        try (Replica stopping = Replica.start()) {
            Sandbox.fault("token", "SLOW", Map.of("delayMillis", 2000));
            var answer = send(stopping, user);
            while (Sandbox.tokenRequests("refresh_token") == 0) {
                Thread.onSpinWait();
            }
            answer.cancel(true);
            stopping.terminate();
            stopping.exitCode();
        }

        assertEquals(2, generation(user));
        meetings(user).then().statusCode(200);
        assertEquals(1, Sandbox.tokenRequests("refresh_token"));
        assertEquals(0, Sandbox.reuses());
    }

    @Test
    void writeNoSecretAnywhere() throws Exception {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        String answers = meetings(user).asString();
        Sandbox.fault("token", "STATUS", Map.of("status", 400, "body", Map.of("error", "invalid_grant")));
        Sandbox.expireAccessTokens();
        answers += meetings(user).asString();

        String everything = answers + one.log() + two.log();
        for (String secret : Sandbox.secrets()) {
            assertFalse(everything.contains(secret), "a secret of the sandbox is in a log or an answer");
        }
        Map<String, String> settings = Replica.surroundings();
        String key = settings.get("MEETGATE_KEYS").split(":")[1];
        for (String secret : List.of(key, settings.get("GOTO_CLIENT_SECRET"), "demo-key")) {
            assertFalse(everything.contains(secret), "a setting is in a log or an answer");
        }
    }

    private static List<Integer> callsOverBoth(String user, int calls) throws Exception {
        var answers = new ArrayList<CompletableFuture<HttpResponse<Void>>>();
        for (int i = 0; i < calls; i++) {
            answers.add(send(i % 2 == 0 ? one : two, user));
        }
        var statuses = new ArrayList<Integer>();
        for (var answer : answers) {
            statuses.add(answer.get().statusCode());
        }
        return statuses;
    }

    private static CompletableFuture<HttpResponse<Void>> send(Replica replica, String user) {
        var uri = URI.create("http://localhost:%d/v1/users/%s/meetings".formatted(replica.port(), user));
        var request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer demo-key")
                .build();
        return HTTP.sendAsync(request, BodyHandlers.discarding());
    }
}
