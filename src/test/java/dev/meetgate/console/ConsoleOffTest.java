package dev.meetgate.console;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.freshUser;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.Database;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A MeetGate whose settings do not switch the console on. */
@QuarkusTest
class ConsoleOffTest {

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/users", "/console/users/demo/alice", "/console/anything"})
    void hasNoConsole(String path) {
        given().get(path).then().statusCode(404).body("code", equalTo("not-found"));
        given().header("Accept", "text/html").get(path).then().statusCode(404);
        given().header("Authorization", "Bearer wrong").get(path).then().statusCode(404);
        asDemo().get(path).then().statusCode(404);
        given().post(path).then().statusCode(404);

        long before = Database.count("failed_call");
        asDemo().get("/v1/users/{user}/meetings", freshUser()).then().statusCode(404);
        assertEquals(before, Database.count("failed_call"));
    }
}
