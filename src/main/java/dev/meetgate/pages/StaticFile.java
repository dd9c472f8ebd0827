package dev.meetgate.pages;

import dev.meetgate.secret.Sha256;
import io.quarkus.qute.TemplateGlobal;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file of the pages. It is read when it is first needed. */
final class StaticFile {

    private static final StaticFile STYLE_SHEET = new StaticFile("/meetgate.css", "text/css;charset=UTF-8");
    private static final StaticFile ICON = new StaticFile("/meetgate.svg", "image/svg+xml");

    static final List<StaticFile> ALL = List.of(STYLE_SHEET, ICON);

    /** @param version changes whenever the content does */
    record Content(Buffer bytes, String version) {}

    private final String path;
    private final String mediaType;
    private @Nullable Content content;

    private StaticFile(String path, String mediaType) {
        this.path = path;
        this.mediaType = mediaType;
    }

    String path() {
        return path;
    }

    String mediaType() {
        return mediaType;
    }

    synchronized Content content() {
        if (content == null) {
            try (InputStream file =
                    Objects.requireNonNull(StaticFile.class.getResourceAsStream("/META-INF/resources" + path))) {
                byte[] bytes = file.readAllBytes();
                content = new Content(Buffer.buffer(bytes), HexFormat.of().formatHex(Sha256.of(bytes), 0, 8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return content;
    }

    /** The address that browsers may keep for ever. */
    String address() {
        return path + "?v=" + content().version();
    }

    @TemplateGlobal
    static String styleSheet() {
        return STYLE_SHEET.address();
    }

    @TemplateGlobal
    static String icon() {
        return ICON.address();
    }
}
