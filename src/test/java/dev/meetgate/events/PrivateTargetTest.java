package dev.meetgate.events;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.caller.Callers;
import dev.meetgate.caller.TestIssuers;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers inside the operator's network, where the settings do not allow them. */
@QuarkusTest
@TestProfile(Callers.class)
class PrivateTargetTest {

    /** The receiver of one tenant is a name, that of the other an address behind a proxy. */
    @ParameterizedTest
    @ValueSource(strings = {"all", "other-key"})
    void sendsNothingToPrivateAddresses(String key) {
        Callers.with(key)
                .post("/v1/webhook/test")
                .then()
                .statusCode(200)
                .body("delivered", equalTo(false))
                .body("problem", equalTo("private-address"));

        assertEquals(0, TestIssuers.requests("receiver"));
    }
}
