package dev.meetgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;

/** Pictures of pages: those of a test in {@code target/screenshots}, and those that the docs keep. */
record Pictures(ChromeDriver browser, Screen screen) {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Path PICTURES = Path.of("src/docs/images");
    private static final Path HASHES = PICTURES.resolve("pictures.txt");
    private static final Path STYLE_SHEET = Path.of("src/main/resources/META-INF/resources/meetgate.css");
    private static final List<String> THEMES = List.of("light", "dark");
    private static final List<Integer> WIDTHS = List.of(320, 390, 1280);

    Pictures(ChromeDriver browser) {
        this(browser, new Screen(browser));
    }

    /** In each theme and width. */
    void shown(String name) {
        for (String theme : THEMES) {
            screen.theme(theme);
            for (int width : WIDTHS) {
                screen.width(width);
                String where = "%s-%d-%s".formatted(name, width, theme);
                write(SCREENSHOTS.resolve(where + ".png"), screen.picture());
                assertEquals(List.of(), screen.violations(), where);
                assertEquals(0, screen.overflow(), where);
            }
        }
    }

    /** The picture of the docs shows this page, in this design. Other fonts are no difference. */
    void kept(String name, String theme, int width) {
        String page = Objects.requireNonNull(browser.getPageSource()).replaceAll("\\s+", " ");
        for (String changing : List.of(
                "/(connect|account)/[A-Za-z0-9_-]{43}",
                "\\?v=[0-9a-f]+",
                "<time.*?</time>",
                "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC",
                "value=\"[^\"]*\"",
                "request [0-9a-f-]+",
                "user-[0-9a-f-]{36}",
                "<code>.*?</code>")) {
            page = page.replaceAll(changing, "");
        }
        String line = name + " " + sha256(page + read(STYLE_SHEET));
        if (System.getProperty("pictures", "").equals("renew")) {
            screen.theme(theme);
            screen.width(width);
            write(PICTURES.resolve(name + ".png"), screen.picture());
            Stream<String> others = read(HASHES).lines().filter(other -> !other.startsWith(name + " "));
            String lines = Stream.concat(others, Stream.of(line)).sorted().collect(Collectors.joining("\n")) + "\n";
            write(HASHES, lines.getBytes(StandardCharsets.UTF_8));
        }
        assertTrue(
                read(HASHES).lines().anyMatch(line::equals),
                () -> name + ".png shows another page than today's. Renew the pictures: see src/docs/pages.md");
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
