package dev.meetgate.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The codes in the first column of a table of the pages. */
public final class Codes {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private Codes() {}

    /** Of the table that has this head. */
    public static Set<String> in(String page, String head) throws IOException {
        String text = Files.readString(Path.of("src/docs", page));
        return text.substring(text.indexOf(head) + head.length())
                .strip()
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> CODE.matcher(line.split("\\|")[1]).results().map(code -> code.group(1)))
                .collect(Collectors.toSet());
    }
}
