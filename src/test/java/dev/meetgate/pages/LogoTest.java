package dev.meetgate.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A logo is shown to people by MeetGate itself, so it can only be a picture. */
class LogoTest {

    private static final String SVG =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">%s</svg>";

    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<path d='M0 0h9v9z' fill='#0b6157' stroke='url(#paint)' style='opacity:.5;fill:url(\"#paint\")'/>",
                "<style>.a{fill:#fff;stroke:url(#paint)}</style><rect class='a' width='9' height='9'/>",
                "<defs><linearGradient id='paint'><stop offset='0' stop-color='red'/></linearGradient></defs>",
                "<desc>mail@acme.example</desc><style>.a{fill:red}</style>",
                "<!-- a comment --><g><use xlink:href='#a'/><use href='#a'/></g><text x='1'>Acme &amp; Co</text>",
            })
    void takesWhatDraws(String drawing) throws IOException {
        Logo logo = Logo.read(file("<?xml version='1.0' encoding='UTF-8'?>\n" + SVG.formatted(drawing)));

        assertEquals("image/svg+xml", logo.type().mediaType());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<script>alert(1)</script> | the element script",
                "<s:script xmlns:s='http://www.w3.org/2000/svg'>alert(1)</s:script> | the element s:script",
                "<h:script xmlns:h='http://www.w3.org/1999/xhtml'/> | the element h:script",
                "<h:style xmlns:h='http://www.w3.org/1999/xhtml'/> | the element h:style",
                "<path onload='alert(1)'/> | the attribute onload",
                "<path ONLOAD='alert(1)'/> | the attribute ONLOAD",
                "<a href='https://evil.example'><path/></a> | the element a",
                "<image href='https://evil.example/x.png'/> | the element image",
                "<foreignObject/> | the element foreignObject",
                "<animate attributeName='href'/> | the element animate",
                "<use href='https://evil.example/x.svg#a'/> | the attribute href",
                "<use xlink:href='data:image/svg+xml,x'/> | the attribute xlink:href",
                "<use href='javascript:alert(1)'/> | the attribute href",
                "<path fill='url(https://evil.example/x)'/> | the attribute fill",
                "<path style='fill:url( //evil.example/x)'/> | the attribute style",
                "<path style='background:UR\\4c(x)'/> | the attribute style",
                "<style>@import 'https://evil.example/x.css';</style> | a style that loads something",
                "<style>@im<!-- -->port 'x';</style> | a style that loads something",
                "<style>.a{fill:url(https://evil.example/x)}</style> | a style that loads something",
                "<style>.a{fill:URL(https://evil.example/x)}</style> | a style that loads something",
                "<style>.a{fill:src(\"https://evil.example/x\")}</style> | a style that loads something",
                "<path style='fill:image-set(\"https://evil.example/x\" 1x)'/> | the attribute style",
                "<path fill='URL(https://evil.example/x)'/> | the attribute fill",
                "<style><![CDATA[@import 'x';]]></style> | a style that loads something",
                "<?xml-stylesheet href='x.css'?> | the processing instruction xml-stylesheet",
            })
    void refusesWhatDoesMore(String drawing, String what) throws IOException {
        assertRefused(file(SVG.formatted(drawing)), "its SVG has " + what + ", which is not allowed");
    }

    @Test
    void refusesOtherFiles() throws IOException {
        String neither = "neither a PNG nor an SVG";
        assertRefused(file("<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + SVG.formatted("&x;")), neither);
        assertRefused(file("<!DOCTYPE svg [<!ENTITY x 'y'>]>" + SVG.formatted("")), neither);
        assertRefused(file("<svg"), neither);
        assertRefused(file("GIF89a"), neither);
        assertRefused(file(""), neither);
        assertRefused(file("<html xmlns='http://www.w3.org/1999/xhtml'/>"), "the element html at its root");
        assertRefused(file(SVG.formatted("<!--" + "x".repeat(65_536) + "-->")), "larger than 64 KB");
        assertRefused(folder.resolve("nothing").toString(), "cannot be read");
        assertRefused("\0", "cannot be read");
        assertRefused(folder.toString(), "cannot be read");
    }

    @Test
    void takesAPng() throws IOException {
        Path file = Files.write(folder.resolve("logo"), PNG);
        assertEquals("image/png", Logo.read(file.toString()).type().mediaType());

        Files.write(file, Arrays.copyOf(PNG, 12));
        assertRefused(file.toString(), "neither a PNG nor an SVG");
    }

    private String file(String content) throws IOException {
        return Files.write(folder.resolve("logo"), content.getBytes(UTF_8)).toString();
    }

    private static void assertRefused(String file, String why) {
        String message = assertThrows(IllegalArgumentException.class, () -> Logo.read(file))
                .getMessage();
        assertTrue(message.contains(why), message);
    }
}
