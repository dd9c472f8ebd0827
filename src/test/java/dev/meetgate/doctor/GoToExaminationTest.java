package dev.meetgate.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoToExaminationTest {

    /** The doctor runs before the service has its configuration. */
    @ParameterizedTest
    @CsvSource({
        "goto.authorize-url, " + GoToExamination.AUTHORIZE_URL,
        "goto.token-url, " + GoToExamination.TOKEN_URL,
        "goto.revoke-url, " + GoToExamination.REVOKE_URL,
        "goto.api-url, " + GoToExamination.API_URL,
        "goto.scopes, " + GoToExamination.SCOPES
    })
    void hasTheDefaultsOfTheService(String name, String examined) throws IOException {
        var defaults = new Properties();
        try (var file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            defaults.load(file);
        }

        assertEquals(defaults.getProperty(name), examined);
    }
}
