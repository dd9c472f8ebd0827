package dev.meetgate.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations of the OpenAPI document, which is read when somebody makes a mistake or sends a query. */
@Singleton
class DescribedOperations {

    /** @param queries the query parameters of each method */
    private record DescribedPath(Pattern pattern, Map<String, Set<String>> queries) {}

    private final ObjectMapper json;
    private @Nullable List<DescribedPath> paths;

    DescribedOperations(ObjectMapper json) {
        this.json = json;
    }

    /** The methods of a path, for the {@code Allow} header of a 405 (RFC 9110 §15.5.6). */
    List<String> methods(String rawPath) {
        return matching(rawPath)
                .flatMap(path -> path.queries.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The names of an operation's query parameters. Null for an operation that is not described. */
    @Nullable
    Set<String> queryParameters(String method, String rawPath) {
        return matching(rawPath)
                .map(path -> path.queries.get(method))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Stream<DescribedPath> matching(String rawPath) {
        return paths().stream().filter(known -> known.pattern.matcher(rawPath).matches());
    }

    private synchronized List<DescribedPath> paths() {
        if (paths == null) {
            paths = read();
        }
        return paths;
    }

    private List<DescribedPath> read() {
        try {
            var found = new ArrayList<DescribedPath>();
            JsonNode openApi = json.readTree(OpenApiDocument.json());
            openApi.path("paths")
                    .properties()
                    .forEach(path -> found.add(describedPath(path.getKey(), path.getValue(), openApi)));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DescribedPath describedPath(String template, JsonNode operations, JsonNode openApi) {
        String path = Arrays.stream(template.split("\\{[^}]*}", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("[^/]+"));
        // Matches the rest of the path, including slashes.
        if (template.endsWith("/{path}")) {
            path += "(/.*)?";
        }
        var queries = new HashMap<String, Set<String>>();
        operations
                .properties()
                .forEach(operation -> queries.put(
                        operation.getKey().toUpperCase(Locale.ROOT), queryParameters(operation.getValue(), openApi)));
        // JAX-RS ignores a trailing slash.
        return new DescribedPath(Pattern.compile(path + "/?"), queries);
    }

    private static Set<String> queryParameters(JsonNode operation, JsonNode openApi) {
        var names = new TreeSet<String>();
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode described = parameter.has("$ref")
                    ? openApi.at(parameter.get("$ref").asText().substring(1))
                    : parameter;
            if (described.path("in").asText().equals("query")) {
                names.add(described.path("name").asText());
            }
        }
        return names;
    }
}
