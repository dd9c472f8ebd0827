package dev.meetgate.meetings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meetgate.problem.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "x, x",
                "'\"x\"', x",
                "8e03978e-40d5-43dd-bc93-6894a57f9324, 8e03978e-40d5-43dd-bc93-6894a57f9324",
                "'\"8e03978e-40d5-43dd-bc93-6894a57f9324\"', 8e03978e-40d5-43dd-bc93-6894a57f9324",
                "'a \"b\" c', 'a \"b\" c'",
                "'\"a \\\"b\\\" \\\\ c\"', 'a \"b\" \\ c'",
                "'a;b=c, d', 'a;b=c, d'",
                "'!~', '!~'"
            })
    void readsAKeyWithAndWithoutQuotes(String header, String key) {
        assertEquals(new IdempotencyKey(key), IdempotencyKey.of(header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "\"\"",
                "\"x",
                "\"x\"y",
                "\"x\";a=b",
                "\"x\", \"y\"",
                "\"a\"b\"",
                "\"a\\b\"",
                "\"a\\\"",
                "a\tb",
                "a\nb",
                "\u00fc",
                "\"\u00fc\"",
                "a\u007f"
            })
    void refusesAnInvalidKey(String header) {
        var failure = assertThrows(Failure.InvalidRequest.class, () -> IdempotencyKey.of(header));
        assertEquals("Idempotency-Key", failure.field());
    }

    @Test
    void acceptsUpTo255Characters() {
        String longest = "k".repeat(255);

        assertEquals(new IdempotencyKey(longest), IdempotencyKey.of(longest));
        assertEquals(new IdempotencyKey(longest), IdempotencyKey.of("\"" + longest + "\""));
        assertEquals(new IdempotencyKey("\\".repeat(255)), IdempotencyKey.of("\"" + "\\\\".repeat(255) + "\""));
        assertThrows(Failure.InvalidRequest.class, () -> IdempotencyKey.of(longest + "k"));
        assertThrows(Failure.InvalidRequest.class, () -> IdempotencyKey.of("\"" + longest + "k\""));
        assertThrows(Failure.InvalidRequest.class, () -> IdempotencyKey.of("\"" + "k".repeat(30_000) + "\""));
    }

    @Test
    void isAbsentWithoutAHeader() {
        assertNull(IdempotencyKey.of(null));
    }
}
