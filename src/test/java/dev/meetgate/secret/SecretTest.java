package dev.meetgate.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
}
