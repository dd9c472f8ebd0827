package dev.meetgate.pages;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/** The picture of an application: a PNG, or an SVG that only draws. */
public record Logo(Buffer content, Type type) {

    enum Type {
        PNG("image/png"),
        SVG("image/svg+xml");

        private final String mediaType;

        Type(String mediaType) {
            this.mediaType = mediaType;
        }

        String mediaType() {
            return mediaType;
        }
    }

    private static final int LARGEST = 64 * 1024;

    /** The signature, and the length and name of the chunk that must be first. */
    private static final byte[] PNG = {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };

    /** Fails with an {@link IllegalArgumentException} that says what is wrong with the file. */
    public static Logo read(String file) {
        byte[] content = content(file);
        if (content.length > LARGEST) {
            throw new IllegalArgumentException("the file %s is larger than 64 KB".formatted(file));
        }
        if (Arrays.equals(PNG, Arrays.copyOf(content, PNG.length))) {
            return new Logo(Buffer.buffer(content), Type.PNG);
        }
        Drawing.check(content);
        return new Logo(Buffer.buffer(content), Type.SVG);
    }

    private static byte[] content(String file) {
        try (InputStream stream = Files.newInputStream(Path.of(file))) {
            return stream.readNBytes(LARGEST + 1);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("the file %s cannot be read".formatted(file), e);
        }
    }
}
