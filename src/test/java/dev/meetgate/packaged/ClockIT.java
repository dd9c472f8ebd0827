package dev.meetgate.packaged;

import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.generation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica whose clock is wrong, beside one whose clock is right, where faketime is installed. */
@EnabledIf("isInstalled")
class ClockIT {

    private static final Path FAKETIME = Path.of("/usr/bin/faketime");

    static boolean isInstalled() {
        return Files.isExecutable(FAKETIME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1h", "+1h"})
    void refreshesOnceMoreAtMostForAWrongClock(String offset) throws Exception {
        Sandbox.reset();
        var command = new ArrayList<>(List.of(FAKETIME.toString(), "--exclude-monotonic", "-f", offset));
        command.addAll(Replica.command());
        try (Replica right = Replica.start();
                Replica wrong = Replica.launch(command, Replica.surroundings())) {
            wrong.awaitReadiness();
            RestAssured.port = right.port();
            String user = connectedUser();
            for (int round = 1; round <= 3; round++) {
                int before = Sandbox.tokenRequests("refresh_token");
                Sandbox.expireAccessTokens();

                assertEquals(Collections.nCopies(32, 200), Replica.listMeetings(user, 32, right, wrong));

                int refreshes = Sandbox.tokenRequests("refresh_token");
                // What the wrong one has refreshed may look stale to the right one.
                assertTrue(refreshes - before <= 2, "%d refreshes".formatted(refreshes - before));
                assertEquals(refreshes + 1, generation(user));
            }
            assertEquals(0, Sandbox.reuses());
        }
    }
}
