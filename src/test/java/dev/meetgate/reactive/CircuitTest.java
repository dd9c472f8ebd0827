package dev.meetgate.reactive;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void givesUpARequestWhoseAnswerDoesNotEnd() throws Exception {
        var circuit = new Circuit("the server", failure -> true, Duration.ofMillis(50), vertx);
        var givenUp = new CompletableFuture<Boolean>();
        Uni<String> endless =
                Uni.createFrom().<String>nothing().onCancellation().invoke(() -> givenUp.complete(true));

        Uni<String> answer = circuit.guard(() -> endless);

        assertThrows(Failure.GoToUnavailable.class, () -> answer.await().atMost(Duration.ofSeconds(10)));
        assertTrue(givenUp.get(10, TimeUnit.SECONDS));
    }
}
