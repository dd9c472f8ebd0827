package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Api;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of the packaged service, with the logo of a tenant. */
@Tag("thorough")
class LogoIT {

    private static final String SVG =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";

    @TempDir
    Path folder;

    @Test
    void showsTheLogoAndTheLanguageOfThePerson() throws Exception {
        try (Replica replica = Replica.start(withLogo(SVG))) {
            String link = asDemo().port(replica.port())
                    .post("/v1/users/{user}/connect-links", Api.freshUser())
                    .path("url");
            String page = given().port(replica.port())
                    .header("Accept-Language", "de")
                    .get(URI.create(link).getPath())
                    .then()
                    .statusCode(200)
                    .header("Content-Language", "de")
                    .extract()
                    .asString();
            assertTrue(page.contains("Weiter zu GoToMeeting"), page);

            given().port(replica.port())
                    .get(address(page, "img class=\"mark\" src"))
                    .then()
                    .statusCode(200)
                    .contentType("image/svg+xml")
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Content-Security-Policy", startsWith("default-src 'none'; style-src 'unsafe-inline'"))
                    .body(equalTo(SVG));
            assertTrue(page.contains("<a href=\"https://app.example.com/privacy?a=b\""), page);
            assertTrue(page.contains("<link rel=\"stylesheet\" href=\"/logos/ffd400.css\">"), page);
            given().port(replica.port())
                    .get("/logos/ffd400.css")
                    .then()
                    .statusCode(200)
                    .contentType("text/css")
                    .body(startsWith(":root { --brand: #FFD400; --on-brand: #000000;"));
            assertIsKept(replica, address(page, "link rel=\"stylesheet\" href"));
            assertIsKept(replica, address(page, "link rel=\"icon\" href"));
            assertEquals(
                    404, given().port(replica.port()).get("/logos/unknown.svg").statusCode());
        }
    }

    @Test
    void doesNotStartWithALogoThatIsAScript() throws Exception {
        try (Replica replica = Replica.launch(withLogo(SVG.replace("<path", "<script/><path")))) {
            assertEquals(1, replica.exitCode());
            assertTrue(
                    replica.log().contains("MEETGATE_TENANTS_DEMO_LOGO_FILE is wrong: its SVG has the element script,"),
                    replica.log());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><path></svg>",
                "<!DOCTYPE svg><svg/>",
                "root:x:0"
            })
    void doesNotStartWithALogoThatIsNeitherPngNorSvg(String content) throws Exception {
        try (Replica replica = Replica.launch(withLogo(content))) {
            assertEquals(1, replica.exitCode());
            assertTrue(
                    replica.log().contains("MEETGATE_TENANTS_DEMO_LOGO_FILE is wrong: the file is neither a PNG nor"),
                    replica.log());
        }
    }

    private Map<String, String> withLogo(String svg) throws Exception {
        Map<String, String> settings = Replica.surroundings();
        settings.put(
                "MEETGATE_TENANTS_DEMO_LOGO_FILE",
                Files.writeString(folder.resolve("logo.svg"), svg).toString());
        settings.put("MEETGATE_TENANTS_DEMO_COLOR", "#FFD400");
        settings.put("MEETGATE_TENANTS_DEMO_PRIVACY_URL", "https://app.example.com/privacy?a=b");
        return settings;
    }

    private static void assertIsKept(Replica replica, String address) {
        String tag = given().port(replica.port())
                .get(address)
                .then()
                .statusCode(200)
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .extract()
                .header("ETag");
        given().port(replica.port())
                .header("If-None-Match", tag)
                .get(address)
                .then()
                .statusCode(304);
    }

    private static String address(String page, String attribute) {
        Matcher found =
                Pattern.compile(Pattern.quote(attribute) + "=\"([^\"]+)\"").matcher(page);
        assertTrue(found.find(), page);
        return found.group(1);
    }
}
