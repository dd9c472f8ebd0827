package dev.meetgate.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretTest {

    record Holder(Secret token) {}

    @Test
    void printsAsStars() {
        assertEquals("***", Secret.of("token").toString());
        assertFalse(new Holder(Secret.of("token")).toString().contains("=token"));
    }

    @Test
    void isEmptyInJson() throws Exception {
        var json = JsonMapper.builder()
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build();

        assertEquals("{\"token\":{}}", json.writeValueAsString(new Holder(Secret.of("hidden"))));
    }

    @Test
    void isRandomAndUrlSafe() {
        assertTrue(Secret.random().reveal().matches("[A-Za-z0-9_-]{43}"));
        assertNotEquals(Secret.random().reveal(), Secret.random().reveal());
    }

    /** The example of RFC 7636, appendix B. */
    @Test
    void hasTheCodeChallengeOfTheStandard() {
        assertEquals(
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").codeChallenge());
    }

    @Test
    void isFormEncodedBeforeBasic() {
        var encoded =
                Base64.getEncoder().encodeToString("meet%3Agate:s%2B%25+%C3%A9".getBytes(StandardCharsets.US_ASCII));

        assertEquals("Basic " + encoded, BasicCredentials.of("meet:gate", Secret.of("s+% é")));
    }
}
