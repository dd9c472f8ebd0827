package dev.meetgate.reactive;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meetgate.Await;
import dev.meetgate.problem.Failure;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final Exception SILENCE = new Exception("silence");

    private final Vertx vertx = Vertx.vertx();
    private final Circuit circuit = new Circuit("the server", failure -> failure == SILENCE, vertx);

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void opensAfterTwentyFailuresInARow() {
        fail(20);

        Await.until(circuit::isOpen);
        assertThrows(Failure.GoToUnavailable.class, circuit::permit);
    }

    @Test
    void staysClosedWhereTheServerAnswersNowAndThen() {
        fail(19);
        circuit.permit().end(new Exception("a refusal"));
        fail(19);

        assertDoesNotThrow(circuit::permit);
    }

    @Test
    @Tag("thorough")
    void sendsOneRequestAfterThePauseAndClosesWithItsAnswer() {
        fail(20);
        Await.until(circuit::isOpen);
        Await.until(() -> !circuit.isOpen());

        Circuit.Permit trial = circuit.permit();
        assertThrows(Failure.GoToUnavailable.class, circuit::permit);

        trial.end(null);
        Await.until(this::permits);
    }

    @Test
    @Tag("thorough")
    void sendsTheNextRequestWhenTheEndOfOneIsNeverReported() {
        var impatient = new Circuit("the server", failure -> failure == SILENCE, Duration.ofMillis(50), vertx);
        for (int i = 0; i < 20; i++) {
            impatient.permit().end(SILENCE);
        }
        Await.until(impatient::isOpen);
        Await.until(() -> !impatient.isOpen());
        impatient.permit();

        Await.until(impatient::isOpen);
        Await.until(() -> !impatient.isOpen());
        assertDoesNotThrow(impatient::permit);
    }

    private boolean permits() {
        try {
            circuit.permit().end(null);
            return true;
        } catch (Failure.GoToUnavailable open) {
            return false;
        }
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuit.permit().end(SILENCE);
        }
    }
}
