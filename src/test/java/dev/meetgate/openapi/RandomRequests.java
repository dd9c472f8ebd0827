package dev.meetgate.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.meetgate.openapi.Description.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Random requests to every operation. Each part may be valid or invalid. */
final class RandomRequests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Escapes non-ASCII characters: half a surrogate pair can reach the service in no other form. */
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW");

    private static final List<String> CONTENT_TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/json; charset=utf-16",
            "application/merge-patch+json",
            "nonsense",
            "");

    private static final Map<String, List<String>> HEADERS = new TreeMap<>(Map.of(
            "Authorization", List.of("Bearer other-key", "Bearer wrong", "Basic ZGVtbzpkZW1v", "Bearer", ""),
            "Accept", List.of("*/*", "image/png", "text/html, application/json;q=0.1", "nonsense", ""),
            "If-Match", List.of("*", "\"x\"", "W/\"1\"", "nonsense", ""),
            "If-None-Match", List.of("*", "\"x\""),
            "Idempotency-Key", List.of("", "k", "\"k\"", "k".repeat(300)),
            "Cookie", List.of("__Host-meetgate-x=y", "nonsense", "=;=;"),
            "X-HTTP-Method-Override", List.of("DELETE"),
            "Content-Encoding", List.of("gzip"),
            "Range", List.of("bytes=0-1")));

    record Request(
            String method,
            String address,
            Map<String, String> headers,
            @Nullable String body) {}

    private final List<Operation> operations;
    private final RandomValues values;
    private final Map<String, String> known = new HashMap<>();

    RandomRequests(Description description, RandomGenerator random) {
        operations = description.operations().toList();
        values = new RandomValues(description, random);
    }

    /** Sets a value of this parameter that the service knows. */
    void know(String parameter, String value) {
        known.put(parameter, value);
    }

    Request next() {
        Operation operation = values.oneOf(operations);
        // Deletes are rare, so that things exist for many requests.
        if (operation.method().equals("DELETE") && !values.oneIn(5)) {
            return next();
        }
        String method = values.oneIn(15) ? values.oneOf(METHODS) : operation.method();
        JsonNode schema = operation.description().at("/requestBody/content/application~1json/schema");
        boolean bodied = operation.description().has("requestBody") ? !values.oneIn(20) : values.oneIn(20);
        var headers = headers(operation);
        if (bodied && !values.oneIn(30)) {
            headers.put("Content-Type", values.oneIn(20) ? values.oneOf(CONTENT_TYPES) : "application/json");
        }
        return new Request(method, address(operation), headers, bodied ? body(schema) : null);
    }

    private String address(Operation operation) {
        String path = operation.path();
        var query = new ArrayList<String>();
        for (JsonNode parameter : parameters(operation, "path")) {
            String name = parameter.path("name").asText();
            String value = encoded(value(parameter));
            path = path.replace("{" + name + "}", name.equals("path") ? value.replace("%2F", "/") : value);
        }
        for (JsonNode parameter : parameters(operation, "query")) {
            // Repeated parameters are refused.
            int most = values.oneIn(20) ? 2 : 1;
            for (int times = 0; values.oneIn(2) && times < most; times++) {
                query.add(parameter.path("name").asText() + "=" + encoded(value(parameter)));
            }
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private Map<String, String> headers(Operation operation) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Authorization", "Bearer demo-key");
        for (JsonNode parameter : parameters(operation, "header")) {
            if (values.oneIn(2)) {
                headers.put(parameter.path("name").asText(), value(parameter).replaceAll("[^ -~]", "?"));
            }
        }
        HEADERS.forEach((name, choices) -> {
            if (values.oneIn(20)) {
                headers.put(name, values.oneOf(choices));
            }
        });
        return headers;
    }

    private static List<JsonNode> parameters(Operation operation, String in) {
        return operation
                .description()
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("in").asText().equals(in))
                .toList();
    }

    private String value(JsonNode parameter) {
        if (values.oneIn(6)) {
            return values.text();
        }
        String name = parameter.path("name").asText();
        return known.containsKey(name)
                ? known.get(name)
                : values.like(parameter.path("schema")).asText();
    }

    private String body(JsonNode schema) {
        JsonNode body = schema.isMissingNode() || values.oneIn(10) ? values.anything() : values.like(schema);
        String text = write(body);
        return values.oneIn(20) ? text.substring(0, text.length() / 2) : text;
    }

    private String write(JsonNode body) {
        try {
            return (values.oneIn(2) ? JSON : ASCII).writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
