package dev.meetgate.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A text that is missing fails the build. What is left over, empty or not translated does not. */
class MessagesTest {

    private static final Path MESSAGES = Path.of("src/main/resources/messages");
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    static Stream<String> bundles() throws IOException {
        try (Stream<Path> files = Files.list(MESSAGES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .map(name -> name.replaceFirst("_[a-z]+\\.properties$", ""))
                    .collect(Collectors.toCollection(TreeSet::new))
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void haveEachTextInEachLanguage(String bundle) {
        Map<String, String> english = Messages.of(bundle, Language.EN);
        for (Language language : Language.values()) {
            Map<String, String> texts = Messages.of(bundle, language);
            assertEquals(english.keySet(), texts.keySet(), bundle + " in " + language);
            texts.forEach((key, text) -> {
                String where = "%s of %s in %s".formatted(key, bundle, language);
                assertFalse(text.isBlank(), where);
                assertEquals(parameters(english.get(key)), parameters(text), where);
            });
        }
    }

    /** Single words such as "Code" can be the same. */
    @ParameterizedTest
    @MethodSource("bundles")
    void areTranslated(String bundle) {
        for (Language one : Language.values()) {
            for (Language other : Language.values()) {
                Map<String, String> others = Messages.of(bundle, other);
                Messages.of(bundle, one).forEach((key, text) -> {
                    if (one != other && text.contains(" ")) {
                        assertNotEquals(others.get(key), text, "%s in %s and %s".formatted(key, one, other));
                    }
                });
            }
        }
    }

    private static Set<String> parameters(String text) {
        return PARAMETER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
