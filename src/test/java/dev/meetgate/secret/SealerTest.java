package dev.meetgate.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SealerTest {

    private static final String OLD = "old:" + KeyringTest.randomKey();
    private static final String NEW = "new:" + KeyringTest.randomKey();

    private final Sealer sealer = sealer(OLD);

    @Test
    void opensWhatItSealed() {
        byte[] sealed = sealer.seal(Secret.of("a refresh token"), "refresh_token", "acme", "alice");

        assertEquals(
                "a refresh token",
                sealer.open(sealed, "refresh_token", "acme", "alice").reveal());
    }

    @Test
    void doesNotOpenForAnotherUserTenantOrField() {
        byte[] sealed = sealer.seal(Secret.of("token"), "refresh_token", "acme", "alice");

        assertThrows(Sealer.CannotOpen.class, () -> sealer.open(sealed, "refresh_token", "acme", "bob"));
        assertThrows(Sealer.CannotOpen.class, () -> sealer.open(sealed, "refresh_token", "other", "alice"));
        assertThrows(Sealer.CannotOpen.class, () -> sealer.open(sealed, "access_token", "acme", "alice"));
    }

    @Test
    void distinguishesPurposesWithTheSameLetters() {
        byte[] sealed = sealer.seal(Secret.of("token"), "field", "ab", "c");

        assertThrows(Sealer.CannotOpen.class, () -> sealer.open(sealed, "field", "a", "bc"));
        assertThrows(Sealer.CannotOpen.class, () -> sealer.open(sealed, "field", "abc"));
    }

    @Test
    void doesNotOpenAChangedValue() {
        byte[] sealed = sealer.seal(Secret.of("token"), "field");
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThrows(Sealer.CannotOpen.class, () -> sealer.open(changed, "field"), "byte " + i);
        }
    }

    @Test
    void doesNotOpenAShortValue() {
        assertThrows(Sealer.CannotOpen.class, () -> sealer.open(new byte[0], "field"));
        assertThrows(Sealer.CannotOpen.class, () -> sealer.open(new byte[] {1, 40, 'a'}, "field"));
        assertThrows(Sealer.CannotOpen.class, () -> sealer.open(new byte[] {1, -1, 'a'}, "field"));
    }

    @Test
    void opensWithEveryKeyAndSealsWithTheFirst() {
        byte[] sealed = sealer.seal(Secret.of("token"), "field");
        Sealer rotated = sealer(NEW + "," + OLD);

        assertEquals("token", rotated.open(sealed, "field").reveal());
        assertThrows(Sealer.CannotOpen.class, () -> sealer.open(rotated.seal(Secret.of("token"), "field"), "field"));
    }

    @Test
    void namesTheMissingKey() {
        byte[] sealed = sealer.seal(Secret.of("token"), "field");

        var cannotOpen = assertThrows(Sealer.CannotOpen.class, () -> sealer(NEW).open(sealed, "field"));
        assertTrue(String.valueOf(cannotOpen.getMessage()).contains("key old"));
    }

    @Test
    void sealsTheSameSecretDifferently() {
        String first = new String(sealer.seal(Secret.of("token"), "field"), StandardCharsets.ISO_8859_1);
        String second = new String(sealer.seal(Secret.of("token"), "field"), StandardCharsets.ISO_8859_1);

        assertFalse(first.equals(second));
        assertFalse(first.contains("token"));
    }

    private static Sealer sealer(String keys) {
        return new Sealer(() -> Secret.of(keys));
    }
}
