package dev.meetgate.connect;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.openapi.Description;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The file of the button. What it does is tried in a browser. */
@QuarkusTest
class ConnectScriptTest {

    private static final int SIX_KB = 6000;

    @Test
    void isForPagesOfEveryOrigin() {
        String tag = given().get("/connect.js")
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("text/javascript;charset=UTF-8"))
                .header("Access-Control-Allow-Origin", equalTo("*"))
                .header("Cross-Origin-Resource-Policy", equalTo("cross-origin"))
                .header("Cache-Control", equalTo("public, max-age=3600"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Set-Cookie", nullValue())
                .extract()
                .header("ETag");
        given().header("If-None-Match", tag)
                .get("/connect.js")
                .then()
                .statusCode(304)
                .header("Access-Control-Allow-Origin", equalTo("*"));
        given().head("/connect.js").then().statusCode(200);
    }

    @Test
    void isInTheOpenApiDocument() {
        assertTrue(Description.current()
                .operations()
                .anyMatch(operation -> operation.toString().equals("GET /connect.js")));
    }

    @Test
    void hasAtMostSixKilobytes() {
        byte[] served = served();
        assertTrue(served.length <= SIX_KB, served.length + " bytes");
    }

    @Test
    void hasItsIntegrityInTheDocs() throws IOException, NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-384").digest(served());
        String docs = Files.readString(Path.of("src/docs/connect-button.md"));
        String told = docs.replaceFirst("(?s).*integrity=\"sha384-([^\"]+)\".*", "$1");
        assertEquals(Base64.getEncoder().encodeToString(hash), told);
    }

    /** ES2020: neither static nor private members, which came later. */
    @Test
    void keepsToOldSyntax() {
        String text = new String(served(), StandardCharsets.UTF_8);
        assertTrue(!text.matches("(?s).*(\\n  static [a-zA-Z]+ =|this\\.#|\\?\\?=|innerHTML|eval\\().*"), text);
    }

    private static byte[] served() {
        return given().get("/connect.js").asByteArray();
    }
}
