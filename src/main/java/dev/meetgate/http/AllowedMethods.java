package dev.meetgate.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The methods of each path, for the {@code Allow} header of a 405 (RFC 9110 §15.5.6). */
@Singleton
class AllowedMethods {

    private record PathMethods(Pattern path, List<String> methods) {}

    private final ObjectMapper json;
    private @Nullable List<PathMethods> paths;

    AllowedMethods(ObjectMapper json) {
        this.json = json;
    }

    List<String> of(String rawPath) {
        // JAX-RS treats several slashes as one.
        String path = rawPath.replaceAll("/+", "/");
        return paths().stream()
                .filter(known -> known.path.matcher(path).matches())
                .flatMap(known -> known.methods.stream())
                .distinct()
                .sorted()
                .toList();
    }

    private synchronized List<PathMethods> paths() {
        if (paths == null) {
            paths = read();
        }
        return paths;
    }

    private List<PathMethods> read() {
        try {
            var found = new ArrayList<PathMethods>();
            JsonNode openApi = json.readTree(OpenApiDocument.json());
            openApi.path("paths").properties().forEach(path -> found.add(pathMethods(path.getKey(), path.getValue())));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PathMethods pathMethods(String template, JsonNode operations) {
        String path = Arrays.stream(template.split("\\{[^}]*}", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("[^/]+"));
        // Matches the rest of the path, including slashes.
        if (template.endsWith("/{path}")) {
            path += "(/.*)?";
        }
        var methods = new ArrayList<String>();
        operations.fieldNames().forEachRemaining(method -> methods.add(method.toUpperCase(Locale.ROOT)));
        // JAX-RS ignores a trailing slash.
        return new PathMethods(Pattern.compile(path + "/?"), methods);
    }
}
