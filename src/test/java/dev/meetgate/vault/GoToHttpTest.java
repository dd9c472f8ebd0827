package dev.meetgate.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.Sandbox;
import dev.meetgate.secret.Secret;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class GoToHttpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    GoToHttp http;

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    void sendsEachTimeItIsSubscribedTo() {
        var unknown = new Bearer(Secret.of("no-token-of-anybody"), false);

        Uni<GoToAnswer> answer = http.send(unknown, GoToRequest.get("G2M/rest/upcomingMeetings"));

        assertEquals(403, answer.await().atMost(PATIENCE).status());
        assertEquals(403, answer.await().atMost(PATIENCE).status());
        assertEquals(2, Sandbox.requests("api"));
    }
}
