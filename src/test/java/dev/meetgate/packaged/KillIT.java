package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.Api;
import dev.meetgate.Await;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.packaged.PostgresProxy.Stop;
import io.restassured.RestAssured;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Kills a replica at each step of a refresh of several connections. Afterwards each connection works. If GoTo
 * has replaced the refresh token and the answer is lost, the connection reports an unknown outcome instead.
 */
@Tag("thorough")
class KillIT {

    /** How many connections are refreshed at the time of the kill. */
    private static final int AT_ONCE = 5;

    private static final int ROUNDS = Boolean.getBoolean("local.long") ? 20 : 1;

    private static final String TAKE_LEASE = "with free as";
    private static final String STORE = "generation = generation + 1";

    enum Step {
        BEFORE_INTENT(TAKE_LEASE, Stop.BEFORE, true),
        AFTER_INTENT(TAKE_LEASE, Stop.AFTER, true),
        REQUEST_SENT(null, null, false),
        ANSWER_RECEIVED(STORE, Stop.BEFORE, false),
        STORED(STORE, Stop.AFTER, true);

        private final @Nullable String statement;
        private final @Nullable Stop stop;

        /** Whether no token is lost at this step, even with rotating refresh tokens. */
        private final boolean harmless;

        Step(@Nullable String statement, @Nullable Stop stop, boolean harmless) {
            this.statement = statement;
            this.stop = stop;
            this.harmless = harmless;
        }
    }

    private enum End {
        WORKS,
        OUTCOME_UNKNOWN,
        BROKEN
    }

    private static Replica survivor;

    @BeforeAll
    static void start() throws Exception {
        survivor = Replica.start();
    }

    @AfterAll
    static void stop() {
        survivor.close();
    }

    @ParameterizedTest
    @CsvSource({
        "BEFORE_INTENT, STABLE", "BEFORE_INTENT, ROTATING",
        "AFTER_INTENT, STABLE", "AFTER_INTENT, ROTATING",
        "REQUEST_SENT, STABLE", "REQUEST_SENT, ROTATING",
        "ANSWER_RECEIVED, STABLE", "ANSWER_RECEIVED, ROTATING",
        "STORED, STABLE", "STORED, ROTATING",
    })
    void leavesNoConnectionSilentlyBroken(Step step, String rotation) throws Exception {
        var ends = new EnumMap<End, Integer>(End.class);
        for (int round = 0; round < ROUNDS; round++) {
            Sandbox.reset();
            Sandbox.set("rotation", rotation);
            RestAssured.port = survivor.port();
            List<String> users =
                    Stream.generate(Api::connectedUser).limit(AT_ONCE).toList();
            Sandbox.expireAccessTokens();

            killAt(step, users);
            // GoTo has executed the requests of the killed replica, and the lease runs out.
            Await.until(() -> Sandbox.hasAnswered("refresh_token"));
            Database.update("update connection set lease_until = now() where lease_until > now()");
            users.forEach(user -> ends.merge(end(user), 1, Integer::sum));
        }
        System.out.printf("kill -9 at %s, refresh tokens %s: %s%n", step, rotation, ends);

        boolean isSafe = step.harmless || rotation.equals("STABLE");
        assertEquals(Map.of(isSafe ? End.WORKS : End.OUTCOME_UNKNOWN, ROUNDS * AT_ONCE), ends);
    }

    private static void killAt(Step step, List<String> users) throws Exception {
        var settings = Replica.surroundings();
        try (var proxy = PostgresProxy.of(settings.get("QUARKUS_DATASOURCE_REACTIVE_URL"))) {
            settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", proxy.url());
            try (Replica victim = Replica.start(settings)) {
                if (step.statement == null) {
                    Sandbox.fault("token", "SLOW", Map.of("delayMillis", 10_000, "times", AT_ONCE));
                } else {
                    proxy.stopAt(step.statement, step.stop);
                }
                users.forEach(victim::listMeetings);
                Await.until(() -> step.statement == null
                        ? Sandbox.tokenRequests("refresh_token") == AT_ONCE
                        : proxy.stopped() == AT_ONCE);
                victim.kill();
            }
        }
    }

    /** The state of a connection, as a call on the surviving replica finds it. */
    private static End end(String user) {
        int status = Api.meetings(user).statusCode();
        if (status == 200) {
            return End.WORKS;
        }
        var connection = asDemo().get("/v1/users/{user}/connection", user).jsonPath();
        return status == 409 && "OUTCOME_UNKNOWN".equals(connection.getString("reason"))
                ? End.OUTCOME_UNKNOWN
                : End.BROKEN;
    }
}
