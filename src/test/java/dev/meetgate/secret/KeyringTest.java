package dev.meetgate.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class KeyringTest {

    static String randomKey() {
        return base64(new SecureRandom().generateSeed(32));
    }

    @Test
    void sealsWithTheFirstKey() {
        assertEquals("b", Keyring.of("b:" + randomKey() + ", a:" + randomKey()).sealingKeyId());
    }

    @Test
    void refusesShortAndLongKeys() {
        assertTrue(refusal("k:" + base64(Arrays.copyOf(new SecureRandom().generateSeed(16), 16)))
                .contains("16 bytes"));
        assertTrue(refusal("k:" + base64(new SecureRandom().generateSeed(33))).contains("33 bytes"));
    }

    @Test
    void refusesPlaceholders() {
        assertTrue(refusal("k:" + base64(new byte[32])).contains("placeholder"));
        assertTrue(refusal("k:" + base64("changemechangemechangemechangeme".getBytes()))
                .contains("placeholder"));
    }

    @Test
    void refusesInvalidKeysWithoutRepeatingThem() {
        assertFalse(refusal("k:c2VjcmV0!!").contains("c2VjcmV0"));
        assertFalse(refusal("c2VjcmV0c2VjcmV0").contains("c2VjcmV0"));
        refusal("");
        refusal("k:" + randomKey() + ",");
    }

    @Test
    void refusesARepeatedId() {
        assertTrue(refusal("k:" + randomKey() + ",k:" + randomKey()).contains("twice"));
    }

    private static String refusal(String keys) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> Keyring.of(keys))
                .getMessage());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
