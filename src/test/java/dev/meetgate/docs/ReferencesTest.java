package dev.meetgate.docs;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages refer to: other pages, settings, messages in the log. */
class ReferencesTest {

    private static final Path README = Path.of("README.md");
    private static final Path DOCS = Path.of("src/docs");
    private static final Path MAIN = Path.of("src/main/java");

    private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([^)#]*)#?([^)]*)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern SETTING = Pattern.compile("\"((GOTO|MEETGATE)_[A-Z_]+[A-Z])\"");
    private static final Pattern LOG_MESSAGE = Pattern.compile("(?m)^\\| `([^`]+)`");

    @Test
    void readmeFitsOnAFewScreens() throws IOException {
        List<String> lines = Files.readAllLines(README);
        assertTrue(lines.size() <= 100, () -> lines.size() + " lines");
        lines.forEach(line -> assertTrue(line.length() <= 100, line));
    }

    @Test
    void linksLeadToAPageAndAHeading() throws IOException {
        for (Path page : Stream.concat(Stream.of(README), files(DOCS, ".md")).toList()) {
            for (MatchResult link : matches(LINK, text(page))) {
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                assertTrue(Files.exists(target), () -> page + " links to " + target);
                assertTrue(
                        link.group(2).isEmpty() || anchors(target).contains(link.group(2)),
                        () -> page + " links to " + link.group());
            }
        }
    }

    @Test
    void settingsAreOnTheirPage() throws IOException {
        String page = text(DOCS.resolve("settings.md"));
        for (MatchResult setting : matches(SETTING, sources())) {
            assertTrue(page.contains("`%s`".formatted(setting.group(1))), setting.group(1));
        }
    }

    /** String literals are in pieces where lines are short. */
    @Test
    void messagesThatOperatorsLookForAreInTheCode() throws IOException {
        String page = text(DOCS.resolve("operating.md"));
        String table = page.substring(page.indexOf("| The log says"), page.indexOf("## Upkeep"));
        String code = sources().replaceAll("\"\\s*\\+\\s*\"", "");
        for (MatchResult message : matches(LOG_MESSAGE, table)) {
            for (String part : message.group(1).split("…")) {
                assertTrue(code.contains(part.strip()), message.group(1));
            }
        }
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path page) {
        return matches(HEADING, text(page)).stream()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static String sources() throws IOException {
        return files(MAIN, ".java").map(ReferencesTest::text).collect(joining());
    }

    private static Stream<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
