package dev.meetgate.connect;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.asOther;
import static dev.meetgate.Api.freshUser;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo tenant of dev mode and tests takes every http URL of the own machine. */
@QuarkusTest
class LoopbackReturnUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3000/",
                "http://localhost/settings/goto?tab=2",
                "http://127.0.0.1:5173/back",
                "http://[::1]:5173/back"
            })
    void takesUrlsOfTheOwnMachine(String returnUrl) {
        asDemo().body(Map.of("returnUrl", returnUrl))
                .post("/v1/users/{user}/connect-links", freshUser())
                .then()
                .statusCode(201);
        asOther()
                .body(Map.of("returnUrl", returnUrl))
                .post("/v1/users/{user}/connect-links", freshUser())
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3000@evil.example.com/",
                "http://localhost.evil.example.com/",
                "http://localhost:3000#fragment",
                "https://localhost:3000/",
                "http://evil.example.com/",
                "http://localhost:3000\\@evil.example.com/"
            })
    void refusesOtherAddresses(String returnUrl) {
        asDemo().body(Map.of("returnUrl", returnUrl))
                .post("/v1/users/{user}/connect-links", freshUser())
                .then()
                .statusCode(400);
    }
}
