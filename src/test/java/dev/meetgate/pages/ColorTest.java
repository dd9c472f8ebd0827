package dev.meetgate.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Buttons in the color of an application stay readable. */
class ColorTest {

    /** #767676 is the lightest gray on which white is readable. */
    @ParameterizedTest
    @CsvSource({
        "#0b6157, #ffffff",
        "#FFD400, #000000",
        "#757575, #ffffff",
        "#767676, #000000",
        "#000000, #ffffff",
        "#ffffff, #000000",
        "#0000ff, #ffffff",
        "#ff0000, #000000",
    })
    void choosesTheTextThatIsEasierToRead(String color, String text) {
        assertEquals(text, new Color(color).text());
        assertTrue(new Color(color)
                .styleSheet()
                .startsWith(":root { --brand: %s; --on-brand: %s;".formatted(color, text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "green", "#fff", "#0b61577", "#0b615g", "#0b6157;", "0b6157"})
    void isSixDigits(String text) {
        assertFalse(Color.isColor(text));
    }

    @Test
    void mayHaveCapitals() {
        assertTrue(Color.isColor("#0B6157"));
    }
}
