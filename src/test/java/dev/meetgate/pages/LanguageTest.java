package dev.meetgate.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

    @ParameterizedTest
    @CsvSource({
        "de, DE",
        "DE-AT, DE",
        "'fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', FR",
        "'en;q=0.2, es;q=0.8', ES",
        "'da, es;q=0.3, de;q=0', ES",
        "'de;q=0, *', EN",
        "'nl, it', EN",
        "*, EN",
        "zh-Hant-TW, EN",
        "'de;q=x', EN",
        "';', EN",
        "'de,,', DE",
        "'de-', EN",
        "'äö', EN",
        "'', EN",
    })
    void readsWhatTheReaderAccepts(String acceptLanguage, Language language) {
        assertEquals(language, Language.of(acceptLanguage));
    }

    @Test
    void answersInEnglishWithoutAHeaderOrWithOneThatIsTooLong() {
        assertEquals(Language.EN, Language.of(null));
        assertEquals(Language.EN, Language.of("de," + "fr,".repeat(500)));
    }
}
