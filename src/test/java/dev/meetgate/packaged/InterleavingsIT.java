package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs random sequences of events on one connection of two replicas, with calls at the same time.
 * {@code -Dlocal.seed=…} repeats a sequence. The invariants are:
 *
 * <ol>
 *   <li>A refresh token is sent once for each generation. It is sent again only after a lost answer, a crash
 *       or a stall.
 *   <li>The generation of a connection never decreases.
 *   <li>No grant stays alive after a disconnect.
 *   <li>In the end the connection works, or it says why it does not.
 * </ol>
 */
@Tag("thorough")
class InterleavingsIT {

    private static final int STEPS = 15;

    enum Act {
        CALL,
        CALL_TOGETHER,
        EXPIRE,
        DISCONNECT,
        RECONNECT,
        TOKEN_ENDPOINT_DOWN,
        LOSE_ANSWER,
        /** Longer than a lease: the other replica takes it over. */
        STALL,
        CRASH
    }

    /** The relative frequency of each act, in their order. */
    private static final int[] WEIGHTS = {8, 6, 8, 2, 2, 2, 1, 1, 1};

    private static final Set<Act> DOUBTFUL = Set.of(Act.LOSE_ANSWER, Act.STALL, Act.CRASH);

    private static Replica[] replicas;

    private final Map<Act, Integer> acts = new EnumMap<>(Act.class);
    private final List<CompletableFuture<Integer>> calls = new ArrayList<>();
    private String user;
    private boolean isConnected;
    private boolean hasReplacedAGrant;
    private int generation;

    @BeforeAll
    static void start() throws Exception {
        replicas = new Replica[] {Replica.start(), Replica.start()};
    }

    @AfterAll
    static void stop() {
        for (Replica replica : replicas) {
            replica.close();
        }
    }

    static LongStream seeds() {
        Long chosen = Long.getLong("local.seed");
        return chosen != null ? LongStream.of(chosen) : new Random().longs(Boolean.getBoolean("local.long") ? 100 : 15);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsTheInvariants(long seed) throws Exception {
        var random = new Random(seed);
        Sandbox.reset();
        // Other connections with the same account would keep the grants alive.
        Database.update("delete from connection");
        RestAssured.port = replicas[0].port();
        user = freshUser();
        connect();
        for (int step = 0; step < STEPS; step++) {
            act(random);
            lookAtGeneration();
        }
        settle();
    }

    private void act(Random random) throws Exception {
        Act act = choose(random);
        acts.merge(act, 1, Integer::sum);
        switch (act) {
            case CALL -> call(random, 1);
            case CALL_TOGETHER -> call(random, 8);
            case EXPIRE -> Sandbox.expireAccessTokens();
            case DISCONNECT -> disconnect();
            case RECONNECT -> connect();
            case TOKEN_ENDPOINT_DOWN ->
                Sandbox.fault("token", "STATUS", Map.of("status", 401, "body", Map.of("error", "invalid_client")));
            case LOSE_ANSWER -> Sandbox.fault("token", "RESET_AFTER");
            case STALL -> Database.update("update connection set lease_until = now() where user_id = ?", user);
            case CRASH -> crash(random.nextInt(replicas.length));
        }
    }

    private static Act choose(Random random) {
        int point = random.nextInt(IntStream.of(WEIGHTS).sum());
        int act = 0;
        while (point >= WEIGHTS[act]) {
            point -= WEIGHTS[act++];
        }
        return Act.values()[act];
    }

    private void call(Random random, int times) {
        for (int call = 0; call < times; call++) {
            calls.add(
                    replicas[random.nextInt(replicas.length)].listMeetings(user).exceptionally(crashed -> 0));
        }
    }

    private void connect() {
        hasReplacedAGrant |= isConnected;
        // The exchange of the code may get a fault that is meant for a refresh.
        int faults = acts.getOrDefault(Act.TOKEN_ENDPOINT_DOWN, 0) + acts.getOrDefault(Act.LOSE_ANSWER, 0);
        for (int attempt = 0; attempt <= faults; attempt++) {
            if (walk(new Browser(), connectLink(user)).contains("status=connected")) {
                isConnected = true;
                return;
            }
        }
        throw new AssertionError("cannot connect");
    }

    private void disconnect() {
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        isConnected = false;
        generation = 0;
    }

    private void crash(int which) throws Exception {
        replicas[which].kill();
        replicas[which] = Replica.start();
        RestAssured.port = replicas[0].port();
    }

    private void lookAtGeneration() {
        var connection = asDemo().get("/v1/users/{user}/connection", user);
        assertEquals(isConnected ? 200 : 404, connection.statusCode());
        if (isConnected) {
            int now = connection.path("generation");
            assertTrue(now >= generation, "generation %d after %d".formatted(now, generation));
            generation = now;
        }
    }

    private void settle() {
        List<Integer> answers = calls.stream().map(CompletableFuture::join).toList();
        // 403: the newer token expired too before its use.
        assertTrue(Set.of(0, 200, 403, 404, 409, 503).containsAll(answers), answers.toString());
        Database.update("update connection set lease_until = now() where user_id = ?", user);
        lookAtGeneration();

        Sandbox.clearFaults();
        // A path that rejected two tokens in a row causes no refresh for half a minute.
        Await.until(Duration.ofSeconds(90), () -> meetings(user).statusCode() != 403);
        int end = meetings(user).statusCode();
        int doubtful =
                DOUBTFUL.stream().mapToInt(act -> acts.getOrDefault(act, 0)).sum();
        Set<Integer> expected = !isConnected ? Set.of(404) : doubtful == 0 ? Set.of(200) : Set.of(200, 409);
        assertTrue(expected.contains(end), "ends with " + end);
        assertTrue(
                Sandbox.reuses() <= doubtful,
                "%d reuses after %d doubtful events".formatted(Sandbox.reuses(), doubtful));
        if (!isConnected) {
            Database.update("update revocation set next_attempt_at = now()");
            asDemo().post("/v1/upkeep").then().statusCode(200);
        }
        if (!isConnected && !hasReplacedAGrant && doubtful == 0) {
            assertTrue(Sandbox.grantsAlive().stream().noneMatch(alive -> alive), "a grant outlived its disconnect");
        }
    }
}
