package dev.meetgate.openapi;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the service, with its request.
 *
 * @param path the path of the request as it was sent, without the query
 * @param header returns the value of a header; upper and lower case make no difference
 */
public record Answer(String method, String path, int status, Function<String, @Nullable String> header, String body) {

    /** The media type without its parameters. */
    String contentType() {
        String type = header.apply("Content-Type");
        return type == null ? "" : type.split(";")[0].strip();
    }

    @Override
    public String toString() {
        return "%s %s answered %d %s %s".formatted(method, path, status, contentType(), body);
    }
}
