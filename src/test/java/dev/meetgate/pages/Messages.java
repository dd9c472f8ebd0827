package dev.meetgate.pages;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The texts of a message bundle, read from its files. */
public final class Messages {

    private Messages() {}

    public static Map<String, String> of(String bundle, Language language) {
        Path file = Path.of("src/main/resources/messages/%s_%s.properties".formatted(bundle, language.tag()));
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(
                            pair -> pair[0], pair -> pair[1], (first, second) -> second, LinkedHashMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if a page has a sentence in another language than this one. */
    public static void assertNoOther(String bundle, Language language, List<String> pages) {
        for (Language other : Language.values()) {
            if (other != language) {
                for (String sentence : sentences(bundle, other)) {
                    pages.forEach(page -> assertFalse(page.contains(sentence), () -> sentence + " in " + page));
                }
            }
        }
    }

    /** Parts of at least three words, as a page shows them. */
    private static List<String> sentences(String bundle, Language language) {
        return of(bundle, language).values().stream()
                .flatMap(text -> Stream.of(text.split("\\{\\w+}|(?<=[.:]) ")))
                .map(String::strip)
                .filter(text ->
                        text.chars().filter(character -> character == ' ').count() >= 2)
                .map(Messages::escaped)
                .toList();
    }

    /** As Qute escapes it. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;").replace("'", "&#39;").replace("\"", "&quot;");
    }
}
