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

/** Which methods a path takes, as a 405 must say (RFC 9110 §15.5.6) and JAX-RS here does not: read from our OpenAPI. */
@Singleton
class AllowedMethods {

    private record PathMethods(Pattern path, List<String> methods) {}

    private final ObjectMapper json;
    private @Nullable List<PathMethods> paths;

    AllowedMethods(ObjectMapper json) {
        this.json = json;
    }

    /** The methods of every operation that this path reaches, in alphabetical order. */
    List<String> of(String rawPath) {
        // Several slashes are one to JAX-RS.
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
        // The rest of an address, with its slashes.
        if (template.endsWith("/{path}")) {
            path += "(/.*)?";
        }
        var methods = new ArrayList<String>();
        operations.fieldNames().forEachRemaining(method -> methods.add(method.toUpperCase(Locale.ROOT)));
        // A slash at the end makes no difference to JAX-RS.
        return new PathMethods(Pattern.compile(path + "/?"), methods);
    }
}
