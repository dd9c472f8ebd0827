package dev.meetgate.openapi;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the service answered to whom.
 *
 * @param path as it was sent, without the query
 * @param header the value of a header by its name in any case
 */
public record Answer(String method, String path, int status, Function<String, @Nullable String> header, String body) {

    /** Without its parameters. */
    String contentType() {
        String type = header.apply("Content-Type");
        return type == null ? "" : type.split(";")[0].strip();
    }

    @Override
    public String toString() {
        return "%s %s answered %d %s %s".formatted(method, path, status, contentType(), body);
    }
}
