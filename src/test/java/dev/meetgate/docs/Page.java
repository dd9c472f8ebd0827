package dev.meetgate.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page in Markdown. Its blocks marked {@code sh} are commands; an indented block right after one is the
 * answer.
 */
record Page(String file, List<Command> commands) {

    /** @param line where the command begins on the page */
    record Command(int line, String text, String answer) {

        /** Whether this is the answer that the page shows, in which … stands for any text within a string. */
        boolean isAnsweredBy(String actual) {
            String shown = Pattern.quote(canonical(answer)).replace("…", "\\E[^\"]*\\Q");
            return canonical(actual).matches(shown);
        }
    }

    private static final Pattern COMMAND = Pattern.compile("(?m)^```sh\n((?:.*\n)*?)```\n((?: {4}.*\n)*)");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    static Page read(String file) {
        try {
            String text = Files.readString(Path.of(file));
            return new Page(
                    file,
                    COMMAND.matcher(text)
                            .results()
                            .map(found -> new Command(
                                    (int) text.substring(0, found.start(1))
                                                    .lines()
                                                    .count()
                                            + 1,
                                    found.group(1),
                                    found.group(2)))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All commands for one shell, each one's output ended by a separator. */
    String script(String separator) {
        return commands.stream()
                .map(command -> command.text() + "printf '%s'\n".formatted(separator))
                .collect(Collectors.joining());
    }

    /** JSON without white space, members in order; other text without the indentation. */
    private static String canonical(String text) {
        String stripped = text.strip();
        try {
            return stripped.startsWith("{") || stripped.startsWith("[")
                    ? JSON.writeValueAsString(JSON.readValue(stripped, Object.class))
                    : stripped;
        } catch (JsonProcessingException notJson) {
            return stripped;
        }
    }
}
