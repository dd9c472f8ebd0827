package dev.meetgate.packaged;

import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.generation;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.Api;
import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sends thousands of calls with expired tokens to three replicas. GoTo detects reused refresh tokens. */
@Tag("thorough")
class StormIT {

    private static final String REFRESH = "refresh_token";
    private static final boolean LONG = Boolean.getBoolean("local.long");
    private static final int ROUNDS = LONG ? 50 : 3;
    private static final int CALLS = 2000;
    private static final int CONNECTIONS = 200;
    private static final int PATIENT = 300;

    private static Replica[] replicas;

    @BeforeAll
    static void start() throws Exception {
        replicas = new Replica[] {Replica.start(), Replica.start(), Replica.start()};
    }

    @AfterAll
    static void stop() {
        for (Replica replica : replicas) {
            replica.close();
        }
    }

    @BeforeEach
    void reset() {
        Sandbox.reset();
        RestAssured.port = replicas[0].port();
    }

    @Test
    void refreshesOneConnectionOnce() {
        String user = connectedUser();
        long began = System.nanoTime();
        for (int round = 1; round <= ROUNDS; round++) {
            Sandbox.expireAccessTokens();

            assertEquals(Collections.nCopies(CALLS, 200), statuses(call -> user));

            assertEquals(round, Sandbox.tokenRequests(REFRESH));
            assertEquals(round + 1, generation(user));
        }
        assertEquals(0, Sandbox.reuses());
        print("%d rounds of %d calls on one connection".formatted(ROUNDS, CALLS), began);
    }

    @Test
    void refreshesEachOfManyConnectionsOnce() {
        List<String> users =
                Stream.generate(Api::connectedUser).limit(CONNECTIONS).toList();
        long began = System.nanoTime();
        for (int round = 1; round <= ROUNDS; round++) {
            Sandbox.expireAccessTokens();

            assertEquals(Collections.nCopies(CALLS, 200), statuses(call -> users.get(call % CONNECTIONS)));
            assertEquals(round * CONNECTIONS, Sandbox.tokenRequests(REFRESH));
        }
        assertEquals(0, Sandbox.reuses());
        print("%d rounds of %d calls on %d connections".formatted(ROUNDS, CALLS, CONNECTIONS), began);
    }

    /** The statuses of concurrent calls on all replicas. */
    private static List<Integer> statuses(IntFunction<String> users) {
        List<CompletableFuture<HttpResponse<Void>>> answers = IntStream.range(0, CALLS)
                .mapToObj(call -> replicas[call % replicas.length].listMeetings(users.apply(call), "demo-key", PATIENT))
                .toList();
        return answers.stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::statusCode)
                .toList();
    }

    private static void print(String what, long began) {
        System.out.printf("storm: %s, one refresh each, %d ms%n", what, (System.nanoTime() - began) / 1_000_000);
    }
}
